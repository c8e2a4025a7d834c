package io.snorky.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The opening handshake of RFC 6455, with the key of its example. */
final class Handshake {

    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private Handshake() {}

    static ByteBuffer request(String path, int port) {
        String request =
                """
                GET %s HTTP/1.1
                Host: 127.0.0.1:%d
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Key: %s
                Sec-WebSocket-Version: 13

                """
                        .formatted(path, port, KEY)
                        .replace("\n", "\r\n");
        return ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * @throws LoadException if a server's answer is not that of RFC 6455
     */
    static void check(String head) {
        if (!head.startsWith("HTTP/1.1 101 ") || !head.contains(ACCEPT)) {
            String answer = head.lines().findFirst().orElse("");
            throw new LoadException("handshake: " + answer + " (expected: HTTP/1.1 101)");
        }
    }
}
