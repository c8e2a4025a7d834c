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

/** TCP connections that are open on this side only. */
@ExtendWith(QuietLog.class)
class VanishedReceiverTest {

    private static final Duration SHORT = Duration.ofMillis(100);
    private static final SockJsOptions OPTIONS =
            Services.OPTIONS
                    .withResponseLimitBytes(1 << 30)
                    .withDelays(SHORT, SHORT)
                    .withOutbound(new OutboundLimits(1 << 20, SHORT));

    /** Knows how many are connected. */
    @NonBlocking
    private static final class Counter extends ConnectionHandler {

        @Override
        protected void onMessage(Client client, String text) {}
    }

    private static final Counter COUNTER = new Counter();

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(Services.builder(), at -> at.sockJs("/count", OPTIONS, COUNTER));

    @BeforeAll
    static void peersCanVanish() {
        assumeThat(VanishingPeer.isPossible()).isTrue();
    }

    @Test
    void a_session_ends_when_its_peer_no_longer_confirms_the_heartbeats_of_a_stream() {
        String request = Http.post(Services.session("/count") + "/xhr_streaming", "");
        try (VanishingPeer peer = VanishingPeer.to(SERVER.address())) {
            peer.write(request).hears("o\n");
            await().until(() -> COUNTER.connected() == 1);

            peer.vanish();
            await().until(() -> COUNTER.connected() == 0);
        }
    }
}
