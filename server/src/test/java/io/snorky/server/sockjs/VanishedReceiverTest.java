package io.snorky.server.sockjs;

import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.snorky.Client;
import io.snorky.ConnectionHandler;
import io.snorky.NonBlocking;
import io.snorky.server.OutboundLimits;
import io.snorky.server.SockJsOptions;
import io.snorky.server.wire.QuietLog;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.VanishingPeer;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** TCP connections that are open on this side only. */
@ExtendWith(QuietLog.class)
class VanishedReceiverTest {

    private static final Duration SHORT = Duration.ofMillis(100);
    private static final SockJsOptions OPTIONS =
            Services.OPTIONS
                    .withResponseLimitBytes(1 << 30)
                    .withDelays(SHORT, SHORT.multipliedBy(5))
                    .withOutbound(new OutboundLimits(1 << 20, SHORT));

    /** Knows who has left. */
    @NonBlocking
    private static final class Doorkeeper extends ConnectionHandler {

        private final Queue<Client> gone = new ConcurrentLinkedQueue<>();

        @Override
        protected void onMessage(Client client, String text) {}

        @Override
        protected void onClose(Client client) {
            gone.add(client);
        }
    }

    private static final Doorkeeper DOORKEEPER = new Doorkeeper();

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(Services.builder(), at -> at.sockJs("/door", OPTIONS, DOORKEEPER));

    @BeforeAll
    static void peersCanVanish() {
        assumeThat(VanishingPeer.isPossible()).isTrue();
    }

    @Test
    void a_session_ends_when_its_peer_no_longer_confirms_the_heartbeats_of_a_stream() {
        String request = Http.post(Services.session("/door") + "/xhr_streaming", "");
        try (VanishingPeer peer = VanishingPeer.to(SERVER.address())) {
            peer.write(request).hears("o\n").vanish();
            await().until(() -> DOORKEEPER.gone.poll() != null);
        }
    }

    @Test
    void a_session_ends_when_its_peer_does_not_ask_again_after_the_heartbeat_of_a_poll() {
        String request = Http.post(Services.session("/door") + "/xhr", "");
        try (VanishingPeer peer = VanishingPeer.to(SERVER.address())) {
            peer.write(request).hears("o\n");

            peer.write(request).vanish();
            await().until(() -> DOORKEEPER.gone.poll() != null);
        }
    }
}
