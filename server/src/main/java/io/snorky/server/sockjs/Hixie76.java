package io.snorky.server.sockjs;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.snorky.server.http.HttpAnswer;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * The handshake of draft-hixie-thewebsocketprotocol-76, which the official suite still asks for: it
 * was the first to get through load balancers that wait for the head of an answer.
 */
final class Hixie76 {

    private static final int NONCE_BYTES = 8;

    private static final String KEY_1 = "Sec-WebSocket-Key1";
    private static final String KEY_2 = "Sec-WebSocket-Key2";

    private Hixie76() {}

    /** Whether a client of that time speaks. */
    static boolean isSpokenIn(HttpRequest head) {
        HttpHeaders headers = head.headers();
        return head.method().equals(HttpMethod.GET)
                && headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && headers.contains(KEY_1)
                && !headers.contains(HttpHeaderNames.SEC_WEBSOCKET_VERSION);
    }

    /** The answer to a handshake that cannot be completed. */
    static Optional<HttpAnswer> refuse(HttpRequest head) {
        HttpHeaders headers = head.headers();
        boolean isComplete =
                number(headers.get(KEY_1)).isPresent()
                        && number(headers.get(KEY_2)).isPresent()
                        && headers.contains(HttpHeaderNames.HOST);
        return isComplete
                ? Optional.empty()
                : Optional.of(
                        HttpAnswer.text(
                                HttpResponseStatus.BAD_REQUEST,
                                KEY_1 + " and 2 must hold digits and spaces"));
    }

    /** The digits of a key as a number, divided by the number of its spaces. */
    private static Optional<Integer> number(@Nullable String key) {
        if (key == null) {
            return Optional.empty();
        }
        String digits = key.replaceAll("[^0-9]", "");
        long spaces = key.chars().filter(c -> c == ' ').count();
        if (digits.isEmpty() || digits.length() > 10 || spaces == 0) {
            return Optional.empty();
        }
        long number = Long.parseLong(digits);
        return number > 0xffff_ffffL ? Optional.empty() : Optional.of((int) (number / spaces));
    }

    /** The head that opens the connection, before anything is proved. */
    static byte[] accept(HttpRequest head, boolean encrypted) {
        HttpHeaders headers = head.headers();
        String response =
                "HTTP/1.1 101 WebSocket Protocol Handshake\r\n"
                        + "Upgrade: WebSocket\r\n"
                        + "Connection: Upgrade\r\n"
                        + ("Sec-WebSocket-Origin: " + headers.get("Origin", "null") + "\r\n")
                        + ("Sec-WebSocket-Location: " + (encrypted ? "wss" : "ws") + "://")
                        + (headers.get("Host", "") + head.uri() + "\r\n\r\n");
        return response.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * What proves that the server understood the client.
     *
     * @param nonce which the client sends when it has the head; Netty takes it for the body
     */
    static byte[] proof(HttpRequest head, byte[] nonce) {
        HttpHeaders headers = head.headers();
        byte[] challenge =
                ByteBuffer.allocate(8 + NONCE_BYTES)
                        .putInt(number(headers.get(KEY_1)).orElseThrow())
                        .putInt(number(headers.get(KEY_2)).orElseThrow())
                        .put(nonce, 0, Math.min(nonce.length, NONCE_BYTES))
                        .array();
        try {
            return MessageDigest.getInstance("MD5").digest(challenge);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has MD5", e);
        }
    }
}
