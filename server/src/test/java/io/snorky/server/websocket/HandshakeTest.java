package io.snorky.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.server.wire.Echo;
import io.snorky.server.wire.Frame;
import io.snorky.server.wire.HttpReply;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

class HandshakeTest {

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer(at -> at.webSocket("/ws", new Echo()));

    @AutoClose private Wire wire;

    @BeforeEach
    void connect() {
        wire = SERVER.connect();
    }

    @Test
    void the_accepting_answer_proves_that_the_key_was_understood() {
        wire.write(WireWebSocket.HANDSHAKE);

        HttpReply reply = wire.replyWithoutBody();
        assertThat(reply.status()).isEqualTo(101);
        assertThat(reply.header("upgrade")).isEqualToIgnoringCase("websocket");
        assertThat(reply.header("connection")).isEqualToIgnoringCase("upgrade");
        assertThat(reply.header("sec-websocket-accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assertThat(reply.headers()).doesNotContainKey("sec-websocket-protocol");
        assertThat(reply.headers()).doesNotContainKey("sec-websocket-extensions");
    }

    @Test
    void header_values_may_be_lists_and_in_any_case_and_the_address_may_have_a_query() {
        wire.write(
                WireWebSocket.HANDSHAKE
                        .replace("/ws", "/ws?room=1")
                        .replace("Connection: Upgrade", "connection: keep-alive, upGRADE")
                        .replace("Upgrade: websocket", "UPGRADE: WebSocket"));

        assertThat(wire.replyWithoutBody().status()).isEqualTo(101);
    }

    @Test
    void what_comes_in_one_packet_with_the_handshake_is_served() {
        byte[] handshake = WireWebSocket.HANDSHAKE.getBytes(StandardCharsets.US_ASCII);

        wire.write(Frame.join(handshake, Frame.text(Echo.of("1")), Frame.text(Echo.of("2"))));

        assertThat(wire.replyWithoutBody().status()).isEqualTo(101);
        WireWebSocket client = WireWebSocket.opened(wire);
        client.hears(Echo.of("1"));
        client.hears(Echo.of("2"));
    }

    @Test
    void a_handshake_may_come_byte_by_byte() {
        for (byte each : WireWebSocket.HANDSHAKE.getBytes(StandardCharsets.US_ASCII)) {
            wire.write(new byte[] {each});
        }

        assertThat(wire.replyWithoutBody().status()).isEqualTo(101);
    }

    @Test
    void a_handshake_may_follow_requests_on_the_same_connection() {
        wire.write("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n" + WireWebSocket.HANDSHAKE);

        assertThat(wire.reply().status()).isEqualTo(404);
        assertThat(wire.replyWithoutBody().status()).isEqualTo(101);
    }

    @Test
    void a_plain_request_is_refused_and_a_handshake_may_follow() {
        wire.write("GET /ws HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(wire.reply().status()).isEqualTo(400);

        WireWebSocket client = WireWebSocket.on(wire);
        client.says(Echo.of("1"));
        client.hears(Echo.of("1"));
    }

    @Test
    void another_method_is_refused_with_the_one_allowed() {
        wire.write(WireWebSocket.HANDSHAKE.replace("GET", "POST"));

        HttpReply reply = wire.reply();
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("allow")).isEqualTo("GET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sec-WebSocket-Version: 8", "Sec-WebSocket-Version:", "X: 13"})
    void another_version_is_refused_with_the_one_supported(String header) {
        wire.write(WireWebSocket.HANDSHAKE.replace("Sec-WebSocket-Version: 13", header));

        HttpReply reply = wire.reply();
        assertThat(reply.status()).isEqualTo(426);
        assertThat(reply.header("sec-websocket-version")).isEqualTo("13");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c2hvcnQ=",
                "dGhlIHNhbXBsZSBub25jZSBhbmQgbW9yZQ==",
                "&&&&&&&&&&&&&&&&&&&&&&=="
            })
    void a_key_must_be_16_bytes_in_Base64(String key) {
        wire.write(WireWebSocket.HANDSHAKE.replace(WireWebSocket.KEY, key));

        assertThat(wire.reply().status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upgrade: websocket\r\n",
                "Connection: Upgrade\r\n",
                "Sec-WebSocket-Key: " + WireWebSocket.KEY + "\r\n"
            })
    void no_header_of_the_handshake_may_be_missing(String header) {
        wire.write(WireWebSocket.HANDSHAKE.replace(header, ""));

        assertThat(wire.reply().status()).isEqualTo(400);
    }

    @Test
    void a_handshake_has_no_body() {
        wire.write(WireWebSocket.HANDSHAKE.replace("\r\n\r\n", "\r\nContent-Length: 2\r\n\r\n{}"));

        assertThat(wire.reply().status()).isEqualTo(413);
    }

    @Test
    void what_a_client_pipelines_behind_its_handshake_disturbs_nobody_else() {
        String post = "POST /ws HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n";
        wire.write(WireWebSocket.HANDSHAKE + post + "x".repeat(5000));
        wire.replyWithoutBody();
        wire.finish();

        try (WireWebSocket other = SERVER.webSocket()) {
            other.says(Echo.of("1"));
            other.hears(Echo.of("1"));
        }
    }
}
