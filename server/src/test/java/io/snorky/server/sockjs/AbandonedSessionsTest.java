package io.snorky.server.sockjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.snorky.Client;
import io.snorky.ConnectionHandler;
import io.snorky.NonBlocking;
import io.snorky.server.wire.QuietLog;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What is left of sessions whose clients never ask again: nothing. */
@ExtendWith(QuietLog.class)
class AbandonedSessionsTest {

    private static final int SESSIONS = 10_000;

    @NonBlocking
    private static final class Census extends ConnectionHandler {

        private final Queue<WeakReference<Client>> seen = new ConcurrentLinkedQueue<>();

        @Override
        protected void onOpen(Client client) {
            seen.add(new WeakReference<>(client));
            send(client, "never read");
        }

        @Override
        protected void onMessage(Client client, String text) {}

        /** A session holds its client, so as many sessions are in memory at most. */
        long alive() {
            System.gc();
            return seen.stream().filter(client -> client.get() != null).count();
        }
    }

    private static final Census CENSUS = new Census();

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(
                    Services.builder(),
                    at ->
                            at.sockJs(
                                    "/echo",
                                    Services.OPTIONS.withDelays(
                                            Duration.ofSeconds(25), Duration.ofSeconds(1)),
                                    CENSUS));

    @Test
    void ten_thousand_of_them_leave_no_memory_behind() {
        try (Wire wire = SERVER.connect()) {
            for (int i = 0; i < SESSIONS; i++) {
                String path = Services.session() + "/xhr";
                assertThat(wire.reply(Http.post(path, "")).body()).isEqualTo("o\n");
            }
        }
        assertThat(CENSUS.seen).hasSize(SESSIONS);

        await().atMost(Duration.ofSeconds(30)).until(() -> CENSUS.connected() == 0);
        await().atMost(Duration.ofSeconds(30)).until(() -> CENSUS.alive() == 0);
    }
}
