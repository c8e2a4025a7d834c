package io.snorky.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.snorky.Client;
import io.snorky.MessageService;
import io.snorky.Registry;
import io.snorky.server.InboundLimits;
import io.snorky.server.OutboundLimits;
import io.snorky.server.TlsOptions;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.wire.Echo;
import io.snorky.server.wire.Frame;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.TestCertificate;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;

/** What waits for a client is bounded when it is encrypted, too. */
class SlowTlsReaderTest {

    private static final int WAITING_BYTES = 1 << 20;

    /** More than the limit and all that the kernel may keep between two sockets. */
    private static final int FLOOD_BYTES = 12 << 20;

    private static final WebSocketOptions OPTIONS =
            WebSocketOptions.DEFAULT
                    .withInbound(
                            InboundLimits.DEFAULT.withRates(
                                    1_000_000, 1 << 30, Duration.ofMinutes(1)))
                    .withMaxOutboundBytes(WAITING_BYTES);

    private static final WebSocketOptions STALLING =
            OPTIONS.withOutbound(new OutboundLimits(WAITING_BYTES, Duration.ofMillis(300)));

    private static final Departures GONE = new Departures();

    @TempDir private static Path folder;

    private static SSLContext context;
    private static RunningServer server;

    @BeforeAll
    static void start() {
        TestCertificate certificate = TestCertificate.ofAnyKind();
        Path chain = folder.resolve("chain.pem");
        Path key = folder.resolve("key.pem");
        certificate.writeTo(chain, key);
        context = certificate.clientContext();
        server =
                new RunningServer(at ->
                        at.tls(new TlsOptions(chain, key))
                                .webSocket("/ws", OPTIONS, new Registry(new Echo()))
                                .webSocket("/stalling", STALLING, new Registry(new Echo(), GONE)));
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    private static WireWebSocket slow(String path) {
        Wire wire = Wire.withSmallReceiveBuffer(server.address());
        return WireWebSocket.on(wire.encrypted(context), path);
    }

    @Test
    void a_client_that_does_not_read_what_it_asked_for_is_hung_up_on() {
        String text = Echo.of('"' + "x".repeat(10_000) + '"');
        try (WireWebSocket slow = slow("/ws")) {
            for (int sent = 0; sent < FLOOD_BYTES; sent += text.length()) {
                slow.says(text);
            }

            int heard = 0;
            Frame frame = slow.frame();
            while (frame.opcode() != Frame.CLOSE) {
                heard += frame.payload().length;
                frame = slow.frame();
            }
            assertThat(frame.closeCode()).isEqualTo(4400);
            assertThat(heard).isLessThan(FLOOD_BYTES);
            slow.wire().expectEnd();
        }
    }

    @Test
    void a_single_message_may_be_larger_than_the_bound() {
        String text = Echo.of('"' + "x".repeat(2 * WAITING_BYTES) + '"');
        try (WireWebSocket slow = slow("/ws")) {
            slow.says(text);

            slow.hears(text);
        }
    }

    @Test
    void what_takes_nothing_for_too_long_is_cut() {
        try (WireWebSocket stalled = slow("/stalling")) {
            stalled.says(Echo.of('"' + "x".repeat(8 << 20) + '"'));

            await().until(() -> GONE.count.get() == 1);
        }
    }

    private static final class Departures extends MessageService {

        private final AtomicInteger count = new AtomicInteger();

        Departures() {
            super("departures");
        }

        @Override
        protected void messageReceived(Client client, JsonNode message) {}

        @Override
        protected void clientDisconnected(Client client) {
            count.incrementAndGet();
        }
    }
}
