package io.snorky.server.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a request is about. */
final class RequestTarget {

    private static final Pattern ABSOLUTE =
            Pattern.compile("https?://([^/?#]+)([^#]*)", Pattern.CASE_INSENSITIVE);

    private RequestTarget() {}

    /**
     * Brings a target in absolute form, as proxies send it, to the form that all others have: the
     * host it names takes the place of the header's (RFC 9112, section 3.2.2).
     */
    static void normalize(HttpRequest request) {
        String target = request.uri();
        if (target.startsWith("/")) {
            return;
        }
        Matcher absolute = ABSOLUTE.matcher(target);
        if (absolute.matches()) {
            request.headers().set(HttpHeaderNames.HOST, absolute.group(1));
            String rest = absolute.group(2);
            request.setUri(rest.startsWith("/") ? rest : "/" + rest);
        }
    }
}
