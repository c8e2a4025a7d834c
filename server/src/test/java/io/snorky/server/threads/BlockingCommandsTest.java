package io.snorky.server.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.server.SnorkyServer;
import io.snorky.server.wire.Echo;
import io.snorky.server.wire.Frame;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** One event loop, and clients whose commands wait. */
class BlockingCommandsTest {

    private static final int WAITING = 40;

    private final Gate gate = new Gate(WAITING);

    private final RunningServer server =
            new RunningServer(
                    SnorkyServer.builder().eventLoops(1),
                    at -> at.webSocket("/ws", gate, new Echo()));

    private final List<WireWebSocket> waiting = new ArrayList<>();

    @BeforeEach
    void make_many_clients_wait() throws InterruptedException {
        server.start();
        for (int i = 0; i < WAITING; i++) {
            waiting.add(server.webSocket().says(Gate.call("pass", i)));
        }
        gate.awaitVisitors();
    }

    @AfterEach
    void stop() {
        gate.open();
        waiting.forEach(WireWebSocket::close);
        server.stop();
    }

    @Test
    void another_client_can_connect_and_is_served() {
        try (WireWebSocket other = server.webSocket()) {
            other.says(Echo.of("1"));
            other.hears(Echo.of("1"));

            other.says(Gate.call("look", 2));
            other.hears(Gate.reply(2, "false"));

            other.says(Gate.call("walkAround", 3));
            other.hears(Gate.reply(3, "true"));
        }
    }

    @Test
    void they_are_answered_when_they_are_done() {
        gate.open();

        for (int i = 0; i < WAITING; i++) {
            waiting.get(i).hears(Gate.reply(i, "true"));
        }
    }

    @Test
    void the_messages_behind_wait_for_their_turn() {
        WireWebSocket first = waiting.get(0);
        first.says(Gate.call("look", 1000));
        first.says(Echo.of("1"));
        first.says(Gate.call("walkAround", 1001));
        first.says("{\"service\":\"gate\",\"message\":{\"command\":\"?\",\"params\":{}}}");

        gate.open();

        first.hears(Gate.reply(0, "true"));
        assertThat(first.frame().text()).contains("\"callId\":1000");
        first.hears(Echo.of("1"));
        first.hears(Gate.reply(1001, "true"));
        assertThat(first.frame().text()).contains("Unknown command");
    }

    @Test
    void a_client_that_says_goodbye_meanwhile_is_answered_first() {
        WireWebSocket leaving = waiting.get(0);
        leaving.sends(Frame.bytes(Frame.FIN | Frame.CLOSE, new byte[0]));
        gate.open();

        leaving.hears(Gate.reply(0, "true"));
        assertThat(leaving.frame().opcode()).isEqualTo(Frame.CLOSE);
        leaving.wire().expectEnd();
    }

    @Test
    void a_client_that_leaves_meanwhile_is_no_problem() {
        waiting.get(0).wire().cut();
        waiting.get(1).close();

        gate.open();

        for (int i = 2; i < WAITING; i++) {
            waiting.get(i).hears(Gate.reply(i, "true"));
        }
    }
}
