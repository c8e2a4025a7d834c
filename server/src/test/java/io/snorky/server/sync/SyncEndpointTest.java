package io.snorky.server.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.Verdict;
import io.snorky.server.CompressionOptions;
import io.snorky.server.SockJsOptions;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.wire.Frame;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;
import io.snorky.sync.Action;
import io.snorky.sync.SessionState;
import io.snorky.sync.SyncSession;
import io.snorky.sync.SyncSessions;
import io.snorky.sync.Synced;
import io.snorky.sync.SyncedObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.Map;

/** Synced objects over real sockets. */
class SyncEndpointTest {

    private static final String TEXT = "x".repeat(200);
    private static final String EMPTY =
            "{\"type\":\"_SET:BOX\",\"data\":{\"bytes\":0,\"name\":\"\",\"text\":\""
                    + TEXT
                    + "\"}}";

    @Synced("BOX")
    static final class Box extends SyncedObject {
        int bytes;
        String name = "";
        final String text = TEXT;

        @Action
        void put(byte[] data, String name) {
            bytes = data.length;
            this.name = name;
            sync();
        }

        @Action
        void fetch(int count, int times) {
            for (int i = 0; i < times; i++) {
                sendAction("blob", new byte[count], Map.of("count", count));
                bytes = i;
                sync();
            }
        }

        @Action
        void fetchTogether() throws InterruptedException {
            Thread other = Thread.startVirtualThread(() -> fetch(1, 200));
            fetch(1, 200);
            other.join();
        }
    }

    private static SessionState state(SyncSession session) {
        session.register(new Box());
        return new SessionState() {};
    }

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(at ->
                    at.sync("/sync", SyncSessions.identified(SyncEndpointTest::state))
                            .sync("/single", SyncSessions.single(SyncEndpointTest::state))
                            .sync(
                                    "/refusing",
                                    WebSocketOptions.DEFAULT.withAuthenticator(
                                            request -> new Verdict.Refused("Closed on Sundays")),
                                    SyncSessions.single(SyncEndpointTest::state))
                            .sync(
                                    "/deflate",
                                    WebSocketOptions.DEFAULT.withCompression(CompressionOptions.ON),
                                    SyncSessions.single(SyncEndpointTest::state))
                            .sync(
                                    "/sockjs",
                                    SockJsOptions.DEFAULT,
                                    SyncSessions.single(SyncEndpointTest::state)));

    private static WireWebSocket open(String path) {
        return WireWebSocket.on(SERVER.connect(), path);
    }

    /** Whatever the revision is. */
    private static void hears(WireWebSocket socket, String text) {
        assertThat(socket.frame().text().replaceFirst(",\"v\":[0-9]+", "")).isEqualTo(text);
    }

    private static WireWebSocket opened(String user) {
        WireWebSocket socket = open("/sync");
        socket.hears("{\"type\":\"_REQUEST_USER_SESSION\"}");
        socket.says(
                "{\"type\":\"_USER_SESSION\",\"data\":{\"user\":\""
                        + user
                        + "\",\"session\":\"1\"}}");
        assertThat(socket.frame().text()).startsWith("{\"type\":\"_SET:BOX\"");
        return socket;
    }

    @Test
    void who_says_who_it_is_gets_the_state_and_others_are_closed_on() {
        try (var socket = opened("a")) {
            socket.says("{\"type\":\"_GET:BOX\",\"data\":{}}");
            hears(socket, EMPTY);
        }
        try (var socket = open("/sync")) {
            socket.hears("{\"type\":\"_REQUEST_USER_SESSION\"}");
            socket.says("nonsense");
            Frame frame = socket.frame();
            assertThat(frame.opcode()).isEqualTo(Frame.CLOSE);
            assertThat(frame.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void bytes_come_in_a_frame_of_their_own() {
        try (var socket = opened("b")) {
            socket.sends(
                    Frame.text(
                            "{\"type\":\"_BIN_META\",\"data\":{\"type\":\"_ACTION:BOX\","
                                    + "\"metadata\":{\"type\":\"put\",\"name\":\"x\"}}}"),
                    Frame.bytes(Frame.FIN | Frame.BINARY, (byte) 0xff, (byte) 0, (byte) 0xfe));
            hears(
                    socket,
                    "{\"type\":\"_PATCH:BOX\",\"data\":["
                            + "{\"op\":\"replace\",\"path\":\"/bytes\",\"value\":3},"
                            + "{\"op\":\"replace\",\"path\":\"/name\",\"value\":\"x\"}]}");
        }
    }

    @Test
    void bytes_that_nobody_announced_leave_the_connection_open() {
        try (var socket = opened("c")) {
            socket.sends(Frame.bytes(Frame.FIN | Frame.BINARY, (byte) 1));
            assertThat(socket.frame().text()).contains("\"code\":\"malformed\"");
            socket.says("{\"type\":\"_GET:BOX\",\"data\":{}}");
            assertThat(socket.frame().text()).startsWith("{\"type\":\"_SET:BOX\"");
        }
    }

    @Test
    void text_that_is_not_UTF_8_ends_it() {
        try (var socket = opened("d")) {
            socket.sends(Frame.bytes(Frame.FIN | Frame.TEXT, (byte) 0xff));
            socket.hearsClose(1007);
        }
    }

    @Test
    void bytes_follow_their_announcement_whoever_else_sends() {
        try (var socket = opened("e")) {
            socket.says("{\"type\":\"_ACTION:BOX\",\"data\":{\"type\":\"fetchTogether\"}}");
            hearPairs(socket, 400);
        }
    }

    private static void hearPairs(WireWebSocket socket, int pairs) {
        int left = pairs;
        while (left > 0) {
            Frame frame = socket.frame();
            assertThat(frame.opcode()).isEqualTo(Frame.TEXT);
            if (frame.text().startsWith("{\"type\":\"_BIN_META\"")) {
                Frame bytes = socket.frame();
                assertThat(bytes.opcode()).isEqualTo(Frame.BINARY);
                assertThat(bytes.payload()).hasSize(1);
                left--;
            }
        }
    }

    @Test
    void bytes_follow_what_was_compressed() {
        Wire wire = SERVER.connect();
        wire.write(WireWebSocket.offering("permessage-deflate").replace("GET /ws", "GET /deflate"));
        assertThat(wire.replyWithoutBody().status()).isEqualTo(101);
        try (var socket = WireWebSocket.opened(wire)) {
            socket.frame();
            socket.says(
                    "{\"type\":\"_ACTION:BOX\",\"data\":"
                            + "{\"type\":\"fetch\",\"count\":70000,\"times\":1}}");
            socket.frame();
            Frame bytes = socket.frame();
            assertThat(bytes.opcode()).isEqualTo(Frame.BINARY);
            assertThat(bytes.payload()).hasSize(70_000);
        }
    }

    @Test
    void nobody_is_asked_where_there_is_one_session() {
        try (var first = open("/single")) {
            assertThat(first.frame().text()).startsWith("{\"type\":\"_SET:BOX\"");
            try (var second = open("/single")) {
                assertThat(second.frame().text()).startsWith("{\"type\":\"_SET:BOX\"");
                assertThat(first.frame().text()).startsWith("{\"type\":\"_DISCONNECT\"");
                assertThat(first.frame().closeCode()).isEqualTo(1000);
            }
        }
    }

    @Test
    void the_endpoints_authenticator_is_asked() {
        try (var socket = open("/refusing")) {
            assertThat(socket.frame().closeCode()).isEqualTo(4401);
        }
    }

    @Test
    void pages_of_other_origins_do_not_get_in() {
        Wire wire = SERVER.connect();
        wire.write(
                WireWebSocket.HANDSHAKE
                        .replace("/ws", "/sync")
                        .replace("\r\n\r\n", "\r\nOrigin: https://evil.example\r\n\r\n"));
        assertThat(wire.reply().status()).isEqualTo(403);
    }

    @Test
    void over_SockJS_texts_go_and_bytes_are_refused() {
        try (var socket = open("/sockjs/websocket")) {
            hears(socket, EMPTY);
            socket.says(
                    "{\"type\":\"_ACTION:BOX\",\"data\":"
                            + "{\"type\":\"fetch\",\"count\":1,\"times\":1}}");
            assertThat(socket.frame().text()).contains("\"code\":\"denied\"");
        }
    }
}
