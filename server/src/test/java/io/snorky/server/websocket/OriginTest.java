package io.snorky.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.Registry;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.wire.HttpReply;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTest {

    private static final WebSocketOptions LISTED =
            WebSocketOptions.DEFAULT.withAllowedOrigins("https://example.org");
    private static final WebSocketOptions ALL = WebSocketOptions.DEFAULT.withAllowedOrigins("*");

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(at ->
                    at.webSocket("/ws")
                            .webSocket("/listed", LISTED, new Registry())
                            .webSocket("/all", ALL, new Registry()));

    @Test
    void a_peer_that_is_no_page_may_connect() {
        try (Wire wire = SERVER.connect()) {
            wire.write(WireWebSocket.HANDSHAKE);

            assertThat(wire.replyWithoutBody().status()).isEqualTo(101);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/ws, localhost:5001, http://localhost:5001",
        "/ws, localhost:5001, http://localhost:8080",
        "/ws, localhost, https://LOCALHOST",
        "/ws, my_app:5001, http://my_app:8080",
        "/ws, 127.0.0.1:5001, http://127.0.0.1:8080",
        "/ws, [::1]:5001, http://[::1]:8080",
        "/listed, localhost:5001, https://example.org",
        "/listed, localhost:5001, http://localhost",
        "/all, localhost:5001, https://anywhere.example",
        "/all, localhost:5001, null",
    })
    void these_pages_may_connect(String path, String host, String origin) {
        assertThat(handshake(path, host, origin).status()).isEqualTo(101);
    }

    @ParameterizedTest
    @CsvSource({
        "/ws, localhost:5001, https://example.org",
        "/ws, localhost:5001, http://localhost.example.org",
        "/ws, localhost:5001, http://notlocalhost",
        "/ws, localhost:5001, http://example.org/localhost",
        "/ws, localhost:5001, http://localhost@example.org",
        "/ws, localhost:5001, http://127.0.0.1:5001",
        "/ws, localhost:5001, null",
        "/ws, localhost:5001, ''",
        "/ws, localhost:5001, localhost",
        "/ws, localhost:5001, 'http://[localhost'",
        "/listed, localhost:5001, http://example.org",
        "/listed, localhost:5001, https://example.org:444",
        "/listed, localhost:5001, https://www.example.org",
    })
    void pages_of_other_hosts_may_not(String path, String host, String origin) {
        assertThat(handshake(path, host, origin).status()).isEqualTo(403);
    }

    private static HttpReply handshake(String path, String host, String origin) {
        try (Wire wire = SERVER.connect()) {
            wire.write(
                    WireWebSocket.HANDSHAKE
                            .replace("/ws", path)
                            .replace("Host: localhost", "Host: " + host + "\r\nOrigin: " + origin));
            return wire.replyWithoutBody();
        }
    }
}
