package io.snorky.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

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

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;

/** Clients that send more in a second than they may. */
class RatesTest {

    private static final int MESSAGES_PER_SECOND = 400;
    private static final int BYTES_PER_SECOND = 100_000;

    private static final WebSocketOptions OPTIONS =
            WebSocketOptions.DEFAULT.withInbound(
                    InboundLimits.DEFAULT.withRates(
                            MESSAGES_PER_SECOND, BYTES_PER_SECOND, Duration.ofMillis(500)));

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(at -> at.webSocket("/ws", OPTIONS, new Registry(new Echo())));

    @AutoClose private WireWebSocket client;

    @BeforeEach
    void connect() {
        client = SERVER.webSocket();
    }

    private static byte[][] echoes(int count) {
        byte[][] frames = new byte[count][];
        Arrays.fill(frames, Frame.text(Echo.of("1")));
        return frames;
    }

    @Test
    void a_burst_is_served_but_what_follows_it_waits_until_the_rate_is_right() {
        int burst = MESSAGES_PER_SECOND + MESSAGES_PER_SECOND / 4;
        long start = System.nanoTime();
        client.sends(echoes(burst));
        for (int i = 0; i < burst; i++) {
            client.hears(Echo.of("1"));
        }

        client.says(Echo.of("2"));

        client.hears(Echo.of("2"));
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        assertThat(elapsed).isGreaterThan(Duration.ofMillis(200));
    }

    @Test
    void bytes_are_counted_too() {
        String text = Echo.of('"' + "x".repeat(BYTES_PER_SECOND) + '"');

        client.says(text);
        client.says(Echo.of("2"));

        client.hears(text);
        client.hears(Echo.of("2"));
    }

    @Test
    void who_does_not_stop_is_hung_up_on_with_4402() {
        var pushing = Thread.ofVirtual().start(this::pushWithoutEnd);

        Frame frame = client.frame();
        while (frame.opcode() != Frame.CLOSE) {
            frame = client.frame();
        }

        assertThat(frame.closeCode()).isEqualTo(4402);
        client.wire().cut();
        assertThat(pushing).satisfies(Thread::join);
    }

    private void pushWithoutEnd() {
        try {
            while (true) {
                client.sends(echoes(100));
            }
        } catch (UncheckedIOException e) {
            assertThat(e).hasMessageContaining("ocket"); // the connection is closed
        }
    }

    @Test
    void others_are_not_disturbed() {
        client.sends(echoes(4 * MESSAGES_PER_SECOND));

        try (WireWebSocket other = SERVER.webSocket()) {
            other.says(Echo.of("1"));
            other.hears(Echo.of("1"));
        }
    }
}
