package io.snorky.server.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.snorky.server.SnorkyServer;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;
import io.snorky.sync.Action;
import io.snorky.sync.SessionState;
import io.snorky.sync.SyncSession;
import io.snorky.sync.SyncSessions;
import io.snorky.sync.Synced;
import io.snorky.sync.SyncedObject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Who comes to a session that somebody is connected to, over real sockets. */
class TakeoverTest {

    private static final String ABOUT =
            "long enough for patches to be shorter than the whole state";
    private static final String TAKEN_OVER =
            "{\"type\":\"_DISCONNECT\",\"data\":\"This session is open in another place now.\"}";

    /** More than the kernel may keep between two sockets. */
    private static final int FLOOD_BYTES = 12 << 20;

    /**
     * What a connection may take to be gone that its peer does nothing about, and some patience.
     */
    private static final Duration DEADLINE = Duration.ofSeconds(8);

    @Synced("N")
    static final class Counter extends SyncedObject {
        int number;
        final String about = ABOUT;

        @Action
        void add() {
            number++;
            sync();
        }

        @Action
        void flood() {
            sendAction("flood", Map.of("text", "x".repeat(FLOOD_BYTES)));
        }
    }

    private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(
                    SnorkyServer.builder().meters(METERS),
                    at ->
                            at.sync("/narrow", SyncSessions.identified(TakeoverTest::state))
                                    .sync(
                                            "/roomy",
                                            WebSocketOptions.DEFAULT.withMaxOutboundBytes(
                                                    4 * FLOOD_BYTES),
                                            SyncSessions.identified(TakeoverTest::state)));

    private static final AtomicInteger COMINGS = new AtomicInteger();

    private static SessionState state(SyncSession session) {
        session.register(new Counter());
        return new SessionState() {
            @Override
            public void onConnect() {
                COMINGS.incrementAndGet();
            }
        };
    }

    private static String set(int number) {
        return "{\"type\":\"_SET:N\",\"data\":{\"number\":%d,\"about\":\"%s\"}}"
                .formatted(number, ABOUT);
    }

    /** Whatever the revision is. */
    private static void hears(WireWebSocket socket, String text) {
        assertThat(socket.frame().text().replaceFirst(",\"v\":[0-9]+", "")).isEqualTo(text);
    }

    private static void act(WireWebSocket socket, String action) {
        socket.says("{\"type\":\"_ACTION:N\",\"data\":{\"type\":\"" + action + "\"}}");
    }

    private static void add(WireWebSocket socket, int number) {
        act(socket, "add");
        hears(
                socket,
                "{\"type\":\"_PATCH:N\",\"data\":[{\"op\":\"replace\",\"path\":\"/number\",\"value\":"
                        + number
                        + "}]}");
    }

    private static WireWebSocket open(Wire wire, String path, String user) {
        WireWebSocket socket = WireWebSocket.on(wire, path);
        socket.hears("{\"type\":\"_REQUEST_USER_SESSION\"}");
        socket.says(
                "{\"type\":\"_USER_SESSION\",\"data\":{\"user\":\"%s\",\"session\":\"1\"}}"
                        .formatted(user));
        return socket;
    }

    @BeforeEach
    void start_with_nobody_there() {
        await().until(() -> connections() == 0);
        COMINGS.set(0);
    }

    private static double connections() {
        return METERS.get("snorky.connections").gauge().value();
    }

    @Test
    void a_peer_that_neither_reads_nor_answers_keeps_nobody_waiting_and_is_gone_soon() {
        try (Wire first = Wire.withSmallReceiveBuffer(SERVER.address());
                Wire second = Wire.withSmallReceiveBuffer(SERVER.address())) {
            flood(first, "/narrow"); // the goodbye finds no room
            flood(second, "/roomy"); // it waits to be read

            try (var narrow = open(SERVER.connect(), "/narrow", "half-dead");
                    var roomy = open(SERVER.connect(), "/roomy", "half-dead")) {
                hears(narrow, set(0));
                hears(roomy, set(0));
                add(narrow, 1);
                add(roomy, 1);

                await().atMost(DEADLINE).until(() -> connections() == 2);
                add(narrow, 2);
                add(roomy, 2);
            }
        }
    }

    private static void flood(Wire dead, String path) {
        WireWebSocket old = open(dead, path, "half-dead");
        hears(old, set(0));
        act(old, "flood");
        dead.read();
    }

    @RepeatedTest(3)
    void after_thirty_takeovers_the_last_to_come_is_undisturbed() {
        List<WireWebSocket> before = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            WireWebSocket next = open(SERVER.connect(), "/narrow", "many");
            assertThat(next.frame().text()).startsWith("{\"type\":\"_SET:N\"");
            before.add(next);
        }
        WireWebSocket last = before.removeLast();
        act(last, "add");
        int number = number(last.frame().text());

        for (WireWebSocket each : before) {
            each.hears(TAKEN_OVER);
            assertThat(each.frame().closeCode()).isEqualTo(1000);
            each.close();
        }
        for (int i = 1; i <= 10; i++) {
            add(last, number + i);
        }
        last.close();
    }

    private static int number(String patch) {
        String value = patch.substring(patch.indexOf("\"value\":") + 8, patch.indexOf("}]}"));
        return Integer.parseInt(value);
    }

    @Test
    void all_of_thirty_who_come_at_once_are_told_but_one() {
        List<WireWebSocket> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            WireWebSocket socket = WireWebSocket.on(SERVER.connect(), "/narrow");
            socket.hears("{\"type\":\"_REQUEST_USER_SESSION\"}");
            all.add(socket);
        }
        for (WireWebSocket each : all) {
            each.says(
                    "{\"type\":\"_USER_SESSION\",\"data\":{\"user\":\"rush\",\"session\":\"1\"}}");
        }
        await().until(() -> COMINGS.get() == 30);
        int staying = 0;
        for (WireWebSocket each : all) {
            act(each, "add");
            staying += stays(each) ? 1 : 0;
        }
        assertThat(staying).isEqualTo(1);
        all.forEach(WireWebSocket::close);
    }

    /** Who is taken over from at once may not even see the state. */
    private static boolean stays(WireWebSocket socket) {
        String next = socket.frame().text();
        if (next.startsWith("{\"type\":\"_SET:N\"")) {
            next = socket.frame().text();
        }
        boolean stays = next.startsWith("{\"type\":\"_PATCH:N\"");
        assertThat(stays ? TAKEN_OVER : next).isEqualTo(TAKEN_OVER);
        return stays;
    }
}
