package io.snorky.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.Client;
import io.snorky.MessageService;
import io.snorky.Registry;
import io.snorky.server.InboundLimits;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.wire.Echo;
import io.snorky.server.wire.Frame;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

class PingTest {

    private static final Duration INTERVAL = Duration.ofMillis(250);

    private static final WebSocketOptions OPTIONS =
            WebSocketOptions.DEFAULT.withPingInterval(INTERVAL);

    private static final WebSocketOptions ONE_BY_ONE =
            OPTIONS.withInbound(InboundLimits.DEFAULT.withMaxPending(1));

    private static final CountDownLatch GATE = new CountDownLatch(1);

    /** Sends every message back when the gate has been opened. */
    private static final class Slow extends MessageService {

        Slow() {
            super("echo");
        }

        @Override
        protected void messageReceived(Client client, JsonNode message) {
            try {
                GATE.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            send(client, message);
        }
    }

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(at ->
                    at.webSocket("/ws", OPTIONS, new Registry(new Echo()))
                            .webSocket("/slow", ONE_BY_ONE, new Registry(new Slow())));

    @AutoClose private WireWebSocket client;

    @BeforeEach
    void connect() {
        client = SERVER.webSocket();
    }

    private void hearsPing() {
        hearsPing(client);
    }

    private static void hearsPing(WireWebSocket client) {
        Frame ping = client.frame();
        assertThat(ping.opcode()).isEqualTo(Frame.PING);
        assertThat(ping.payload()).isEmpty();
    }

    private static String nextText(WireWebSocket client) {
        Frame frame = client.frame();
        while (frame.opcode() == Frame.PING) {
            frame = client.frame();
        }
        return frame.text();
    }

    @Test
    void a_ping_comes_at_every_interval() {
        long start = System.nanoTime();
        for (int i = 0; i < 4; i++) {
            hearsPing();
            client.sends(Frame.bytes(Frame.FIN | Frame.PONG));
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThan(INTERVAL.multipliedBy(2));
    }

    @Test
    void the_connection_ends_when_a_third_ping_is_due_and_two_are_unanswered() {
        hearsPing();
        hearsPing();

        client.wire().expectEnd();
    }

    @Test
    void one_unanswered_ping_is_forgiven() {
        for (int i = 0; i < 2; i++) {
            hearsPing();
            hearsPing();
            client.sends(Frame.bytes(Frame.FIN | Frame.PONG));
        }

        client.says(Echo.of("1"));
        client.hears(Echo.of("1"));
    }

    @Test
    void while_it_is_not_read_from_its_answers_are_not_missed() {
        try (WireWebSocket busy = WireWebSocket.on(SERVER.connect(), "/slow")) {
            busy.says(Echo.of("1"));
            busy.says(Echo.of("2"));
            for (int i = 0; i < 5; i++) {
                hearsPing(busy);
            }

            GATE.countDown();

            assertThat(nextText(busy)).isEqualTo(Echo.of("1"));
            assertThat(nextText(busy)).isEqualTo(Echo.of("2"));
        }
    }

    @Test
    void whatever_the_client_sends_shows_that_it_is_there() {
        for (int i = 0; i < 2; i++) {
            hearsPing();
            hearsPing();
            client.says("no JSON");
        }

        client.says(Echo.of("1"));
        client.hears(Echo.of("1"));
    }
}
