package io.snorky.server.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.server.wire.Frame;
import io.snorky.server.wire.HttpReply;
import io.snorky.server.wire.QuietLog;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

/** The official suite's classes WebsocketHttpErrors, Websocket and RawWebsocket. */
@ExtendWith(QuietLog.class)
class WebSocketTransportTest {

    @RegisterExtension static final RunningServer SERVER = Services.running();

    private final Http http = new Http(SERVER);
    private final String path = Services.session() + "/websocket";

    private WireWebSocket open(String where) {
        return WireWebSocket.on(SERVER.connect(), where);
    }

    private WireWebSocket open() {
        WireWebSocket socket = open(path);
        socket.hears("o");
        return socket;
    }

    @Test
    void http_method() {
        HttpReply reply = http.ask(Http.get(path));

        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void invalid_connection_header() {
        HttpReply reply = http.ask(Http.get(path, "Upgrade: WebSocket", "Connection: close"));

        assertThat(reply.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Upgrade: WebSocket\r\nConnection: Upgrade"})
    void invalid_method(String headers) {
        HttpReply reply =
                http.ask(
                        headers.isEmpty()
                                ? Http.post(path, "")
                                : Http.post(path, "", headers.split("\r\n", -1)));

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("allow")).isEqualTo("GET");
        assertThat(reply.headers()).doesNotContainKey("content-type");
        assertThat(reply.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/000/abc/websocket", "/websocket"})
    void where_it_is_switched_off_there_is_nothing(String where) {
        assertThat(http.ask(Http.get("/disabled_websocket_echo" + where)).status()).isEqualTo(404);
    }

    @Test
    void transport() {
        try (WireWebSocket socket = open()) {
            socket.says("[\"a\"]").hears("a[\"a\"]");
        }
    }

    @Test
    void close() {
        try (WireWebSocket socket = open(Services.session("/close") + "/websocket")) {
            socket.hears("o");
            socket.hears("c[3000,\"Go away!\"]");
            assertThat(socket.frame().closeCode()).isEqualTo(1000);
            socket.sends(Frame.close(1000));
            socket.wire().expectEnd();
        }
    }

    @Test
    void headers_sanity() {
        try (Wire wire = http.begin(WireWebSocket.HANDSHAKE.replace("/ws", path))) {
            HttpReply reply = wire.replyWithoutBody();
            assertThat(reply.status()).isEqualTo(101);
            assertThat(reply.header("sec-websocket-accept"))
                    .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(reply.header("connection")).isEqualToIgnoringCase("upgrade");
            assertThat(reply.header("upgrade")).isEqualToIgnoringCase("websocket");
            assertThat(reply.headers()).doesNotContainKey("content-length");
        }
    }

    @Test
    void empty_frame() {
        try (WireWebSocket socket = open()) {
            socket.says("").says("[]").says("[\"a\"]").hears("a[\"a\"]");
        }
    }

    @Test
    void a_string_alone_is_a_message() {
        try (WireWebSocket socket = open()) {
            socket.says("\"a\"").hears("a[\"a\"]");
            socket.says("[\"b\",\"\\ud800c\"]").hears("a[\"b\"]");
            socket.hears("a[\"\\ud800c\"]");
        }
    }

    @Test
    void reuse_session_id() {
        for (int i = 0; i < 2; i++) {
            try (WireWebSocket first = open();
                    WireWebSocket second = open()) {
                first.says("[\"a\"]").hears("a[\"a\"]");
                second.says("[\"b\"]").hears("a[\"b\"]");
            }
        }
        assertThat(http.ask(Http.post(path.replace("/websocket", "/xhr_send"), "[]")).status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"a", "[\"a\",1]", "{}", "1", "[\"a\"]]", "[[\"a\"]]"})
    void broken_json(String text) {
        try (WireWebSocket socket = open()) {
            socket.says(text).wire().expectEnd();
        }
    }

    @Test
    void what_is_not_UTF_8_is_closed_with_its_code() {
        try (WireWebSocket socket = open()) {
            socket.sends(Frame.bytes(Frame.FIN | Frame.TEXT, (byte) '"', (byte) 0xff, (byte) '"'));
            socket.hearsClose(1007);
        }
    }

    @Test
    void haproxy() {
        String handshake =
                Http.get(
                        path,
                        "Connection: Upgrade",
                        "Upgrade: WebSocket",
                        "Origin: http://localhost",
                        "Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5",
                        "Sec-WebSocket-Key2: 12998 5 Y3 1  .P00");
        try (Wire wire = http.begin(handshake)) {
            HttpReply reply = wire.replyWithoutBody();
            assertThat(reply.status()).isEqualTo(101);
            assertThat(reply.header("upgrade")).isEqualTo("WebSocket");
            assertThat(reply.header("connection")).isEqualTo("Upgrade");
            assertThat(reply.header("sec-websocket-origin")).isEqualTo("http://localhost");
            assertThat(reply.header("sec-websocket-location")).isEqualTo("ws://localhost" + path);
            assertThat(reply.headers()).doesNotContainKey("content-length");

            wire.write("^n:ds[4U");
            assertThat(new String(wire.read(16), StandardCharsets.US_ASCII))
                    .isEqualTo("8jKS'y:G*Co,Wxa-");
            assertThat(wire.read(3)).containsExactly(0, 'o', -1);
            wire.write(new byte[] {0, '[', '"', 'a', '"', ']', -1});
            assertThat(wire.read(8)).containsExactly(0, 'a', '[', '"', 'a', '"', ']', -1);
            wire.write(new byte[] {-1, 0});
            assertThat(wire.read(2)).containsExactly(-1, 0);
            wire.expectEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no digits ", "1nospaces", "99999999999 9", ""})
    void an_old_handshake_needs_keys_that_can_be_computed_with(String key) {
        HttpReply reply =
                http.ask(
                        Http.get(
                                        path,
                                        "Connection: Upgrade",
                                        "Upgrade: WebSocket",
                                        "Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5",
                                        "Sec-WebSocket-Key2: " + key)
                                + "^n:ds[4U");

        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void raw_transport() {
        try (WireWebSocket socket = open("/echo/websocket")) {
            socket.says("Hello world!\uffff").hears("Hello world!\uffff");
            socket.says("[\"as it is\"]").hears("[\"as it is\"]");
        }
    }

    @Test
    void raw_close() {
        try (WireWebSocket socket = open("/close/websocket")) {
            Frame frame = socket.frame();
            assertThat(frame.opcode()).isEqualTo(Frame.CLOSE);
            assertThat(frame.closeCode()).isEqualTo(3000);
            assertThat(frame.text()).endsWith("Go away!");
        }
    }

    @Test
    void raw_text_that_is_not_UTF_8_is_closed_with_its_code() {
        try (WireWebSocket socket = open("/echo/websocket")) {
            socket.sends(Frame.bytes(Frame.FIN | Frame.TEXT, (byte) 0xff));
            socket.hearsClose(1007);
        }
    }
}
