package io.snorky.server.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.snorky.Client;
import io.snorky.SingleLane;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcService;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;

class SingleLaneTest {

    private static final int CLIENTS = 10;
    private static final int CALLS = 100;

    private static final Register REGISTER = new Register();

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer(at -> at.webSocket("/ws", REGISTER));

    /** Has plain fields, which only a lane makes safe. */
    @SingleLane
    private static final class Register extends RpcService {

        private int present;
        private int calls;
        private boolean busy;
        private boolean disturbed;

        Register() {
            super("register");
        }

        @SuppressWarnings("ThreadPriorityCheck") // gives others a chance to disturb
        private void take(Runnable step) {
            disturbed |= busy;
            busy = true;
            step.run();
            Thread.onSpinWait();
            busy = false;
        }

        @Override
        protected void clientConnected(Client client) {
            take(() -> present++);
        }

        @Override
        protected void clientDisconnected(Client client) {
            take(() -> present--);
        }

        @Command
        void add() {
            take(() -> calls++);
        }

        @Command
        List<Object> look() {
            return List.of(present, calls, disturbed);
        }
    }

    private static final String ADD =
            """
            {"service":"register","message":{"command":"add","params":{}}}\
            """;

    private static final String LOOK =
            """
            {"service":"register","message":{"command":"look","params":{}}}\
            """;

    @Test
    void everything_in_a_lane_is_done_one_at_a_time() {
        List<WireWebSocket> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(SERVER.webSocket());
        }

        for (int call = 0; call < CALLS; call++) {
            clients.forEach(client -> client.says(ADD));
        }
        for (int call = 0; call < CALLS; call++) {
            clients.forEach(client -> assertThat(client.frame().text()).contains("response"));
        }
        clients.forEach(WireWebSocket::close);

        try (WireWebSocket last = SERVER.webSocket()) {
            await().untilAsserted(() ->
                    assertThat(last.says(LOOK).frame().text())
                            .endsWith("\"data\":[1,1000,false]}}"));
        }
    }
}
