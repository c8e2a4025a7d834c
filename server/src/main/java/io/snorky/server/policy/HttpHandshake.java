package io.snorky.server.policy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.snorky.server.HandshakeRequest;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What an authenticator sees. Threads: immutable, as nobody changes the headers any more. */
final class HttpHandshake implements HandshakeRequest {

    private static final int MAX_PARAMETERS = 64;

    private final InetSocketAddress remoteAddress;
    private final String target;
    private final HttpHeaders headers;

    HttpHandshake(HttpRequest request, InetSocketAddress remoteAddress) {
        this.remoteAddress = remoteAddress;
        this.target = request.uri();
        this.headers = request.headers();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    @Override
    public String path() {
        return new QueryStringDecoder(target, StandardCharsets.UTF_8).path();
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    @Override
    public List<String> headers(String name) {
        return List.copyOf(headers.getAll(name));
    }

    @Override
    public Optional<String> cookie(String name) {
        return headers.getAll(HttpHeaderNames.COOKIE).stream()
                .flatMap(header -> ServerCookieDecoder.STRICT.decodeAll(header).stream())
                .filter(cookie -> cookie.name().equals(name))
                .map(Cookie::value)
                .findFirst();
    }

    @Override
    public Optional<String> parameter(String name) {
        try {
            var query =
                    new QueryStringDecoder(target, StandardCharsets.UTF_8, true, MAX_PARAMETERS);
            return query.parameters().getOrDefault(name, List.of()).stream().findFirst();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "a handshake of " + remoteAddress;
    }
}
