package io.snorky.server.websocket;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.snorky.server.http.HttpAnswer;
import io.snorky.server.http.Peer;
import io.snorky.server.policy.OriginPolicy;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** The opening handshake (RFC 6455, section 4.2). */
final class Handshake {

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private Handshake() {}

    /** The answer to a request that is no handshake of a page that may connect. */
    static Optional<HttpAnswer> refuse(HttpRequest request, Peer peer, OriginPolicy origins) {
        if (!request.method().equals(HttpMethod.GET)) {
            return Optional.of(HttpAnswer.methodNotAllowed("GET"));
        }
        HttpHeaders headers = request.headers();
        if (!headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                || !headers.containsValue(
                        HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
            return badRequest("This address speaks WebSocket only");
        }
        if (!origins.admits(
                headers.get(HttpHeaderNames.ORIGIN),
                headers.get(HttpHeaderNames.HOST),
                peer.isEncrypted())) {
            return Optional.of(
                    HttpAnswer.text(
                            HttpResponseStatus.FORBIDDEN, "Pages of this origin may not connect"));
        }
        if (!"13".equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            return Optional.of(
                    HttpAnswer.text(HttpResponseStatus.UPGRADE_REQUIRED, "Use version 13")
                            .with(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13"));
        }
        if (!isKey(headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY))) {
            return badRequest("Sec-WebSocket-Key must be 16 bytes in Base64");
        }
        return Subprotocols.isOfferWellFormed(request)
                ? Optional.empty()
                : badRequest("Sec-WebSocket-Protocol must be a list of different names");
    }

    private static Optional<HttpAnswer> badRequest(String why) {
        return Optional.of(HttpAnswer.text(HttpResponseStatus.BAD_REQUEST, why));
    }

    private static boolean isKey(@Nullable String key) {
        try {
            return key != null && Base64.getDecoder().decode(key.strip()).length == 16;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * The response that opens the connection.
     *
     * @param agreed headers that say what has been agreed on
     */
    static byte[] accept(HttpRequest request, Map<CharSequence, String> agreed) {
        String key = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY, "").strip();
        var response = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n");
        response.append("Upgrade: websocket\r\n").append("Connection: Upgrade\r\n");
        response.append("Sec-WebSocket-Accept: ").append(proof(key)).append("\r\n");
        agreed.forEach(
                (name, value) -> response.append(name).append(": ").append(value).append("\r\n"));
        return response.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String proof(String key) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-1")
                            .digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-1", e);
        }
    }
}
