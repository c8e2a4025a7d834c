package io.snorky.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.ConfigurationException;
import io.snorky.Registry;
import io.snorky.server.ProxyOptions;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.wire.HttpReply;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Set;

class OriginTest {

    private static final WebSocketOptions LISTED =
            WebSocketOptions.DEFAULT.withAllowedOrigins(
                    "https://example.org",
                    "https://Alternate.example.org:8443",
                    "https://*.Example.com",
                    "http://*.example.com:8080",
                    "chrome-extension://abcdef");
    private static final WebSocketOptions HIDDEN =
            WebSocketOptions.DEFAULT.withAllowedOrigins("null");

    private static final WebSocketOptions ALL = WebSocketOptions.DEFAULT.withAllowedOrigins("*");

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(at ->
                    at.behind(new ProxyOptions(Set.of("127.0.0.1"), false))
                            .webSocket("/ws")
                            .webSocket("/listed", LISTED, new Registry())
                            .webSocket("/hidden", HIDDEN, new Registry())
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
        "/listed, localhost:5001, https://EXAMPLE.org:443",
        "/listed, localhost:5001, https://alternate.example.org:8443",
        "/listed, localhost:5001, https://www.example.com",
        "/listed, localhost:5001, https://a.b.EXAMPLE.com",
        "/listed, localhost:5001, http://www.example.com:8080",
        "/listed, localhost:5001, chrome-extension://abcdef",
        "/hidden, localhost:5001, null",
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
        "/listed, localhost:5001, https://alternate.example.org",
        "/listed, localhost:5001, https://example.com",
        "/listed, localhost:5001, https://.example.com",
        "/listed, localhost:5001, https://wwwexample.com",
        "/listed, localhost:5001, https://www.example.com.evil.example",
        "/listed, localhost:5001, https://www.example.com:8443",
        "/listed, localhost:5001, http://www.example.com",
        "/listed, localhost:5001, https://www.example.com:8080",
        "/listed, localhost:5001, https://evil.example/.example.com",
        "/listed, localhost:5001, https://user@www.example.com",
        "/listed, localhost:5001, chrome-extension://abcdefg",
        "/listed, localhost:5001, null",
        "/listed, localhost:5001, *",
        "/hidden, localhost:5001, https://example.org",
    })
    void pages_of_other_hosts_may_not(String path, String host, String origin) {
        assertThat(handshake(path, host, origin).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "/ws, https, http://localhost, 403",
        "/ws, https, https://localhost:8443, 101",
        "/ws, http, http://localhost, 101",
        "/ws, http, https://localhost, 101",
        "/listed, https, http://www.example.com:8080, 101",
        "/all, https, http://localhost, 101",
    })
    void pages_that_anybody_could_have_changed_are_strangers_to_an_encrypted_connection(
            String path, String protocol, String origin, int status) {
        String host = "localhost\r\nX-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: " + protocol;

        assertThat(handshake(path, host, origin).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.org",
                "https://",
                "https://example.org/",
                "https://example.org:https",
                "https://user@example.org",
                "https://*",
                "https://*.",
                "https://*example.org",
                "https://www.*.example.org",
                "https://**.example.org",
                "https://*.*.example.org",
                "https://*.[::1]",
                "*.example.org",
                "*://example.org",
                "https://exämple.org",
            })
    void what_is_no_pattern_is_named(String pattern) {
        assertThatThrownBy(() ->
                        WebSocketOptions.DEFAULT.withAllowedOrigins("https://a.example", pattern))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("allowedOrigins: " + pattern + " (expected: as https://")
                .hasMessageNotContaining("https://a.example (");
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
