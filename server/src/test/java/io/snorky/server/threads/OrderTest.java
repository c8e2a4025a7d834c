package io.snorky.server.threads;

import io.snorky.Client;
import io.snorky.NonBlocking;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcService;
import io.snorky.server.wire.Frame;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.Random;

/** The messages of one client run in the order in which they were sent, whichever way each runs. */
class OrderTest {

    private static final int CALLS = 2000;

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer(at -> at.webSocket("/ws", new Counter()));

    @AutoClose private WireWebSocket client;

    @BeforeEach
    void connect() {
        client = SERVER.webSocket();
    }

    /** Says how many of the caller's commands ran before. */
    private static final class Counter extends RpcService {

        private final ClientCounts counts = new ClientCounts();

        Counter() {
            super("counter");
        }

        @Command
        int block(Client caller) {
            return counts.next(caller);
        }

        @Command
        @NonBlocking
        int dash(Client caller) {
            return counts.next(caller);
        }
    }

    private static byte[] call(String command) {
        return Frame.text(
                "{\"service\":\"counter\",\"message\":{\"command\":\"%s\",\"params\":{}}}"
                        .formatted(command));
    }

    private void hearsCounting() {
        for (int i = 0; i < CALLS; i++) {
            client.hears(
                    "{\"service\":\"counter\",\"message\":{\"type\":\"response\",\"data\":%d}}"
                            .formatted(i));
        }
    }

    @Test
    void mixed_in_one_packet() {
        var random = new Random(2);
        byte[][] calls = new byte[CALLS][];
        for (int i = 0; i < CALLS; i++) {
            calls[i] = call(random.nextBoolean() ? "block" : "dash");
        }

        client.sends(calls);

        hearsCounting();
    }

    @Test
    void mixed_in_many_packets() {
        var random = new Random(3);
        for (int i = 0; i < CALLS; i++) {
            client.sends(call(random.nextInt(10) == 0 ? "block" : "dash"));
        }

        hearsCounting();
    }

    @Test
    void a_burst_of_blocking_commands() {
        byte[] call = call("block");
        byte[][] calls = new byte[CALLS][];
        java.util.Arrays.fill(calls, call);

        client.sends(calls);

        hearsCounting();
    }
}
