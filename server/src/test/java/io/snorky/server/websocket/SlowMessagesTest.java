package io.snorky.server.websocket;

import static io.snorky.server.wire.Frame.CONTINUATION;
import static io.snorky.server.wire.Frame.FIN;
import static io.snorky.server.wire.Frame.PING;
import static io.snorky.server.wire.Frame.PONG;
import static io.snorky.server.wire.Frame.TEXT;

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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** Clients that begin a message and take their time to end it. */
class SlowMessagesTest {

    private static final WebSocketOptions OPTIONS =
            WebSocketOptions.DEFAULT.withInbound(
                    InboundLimits.DEFAULT.withMessageTimeout(Duration.ofMillis(800)));

    private static final WebSocketOptions CLOCK =
            WebSocketOptions.DEFAULT.withPingInterval(Duration.ofMillis(250));

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(at ->
                    at.webSocket("/ws", OPTIONS, new Registry(new Echo()))
                            .webSocket("/clock", CLOCK, new Registry()));

    @AutoClose private WireWebSocket client;

    @BeforeEach
    void connect() {
        client = SERVER.webSocket();
    }

    @Test
    void a_frame_that_does_not_end_ends_the_connection_with_4403() {
        client.sends(Frame.head(FIN | TEXT, true, 3, 1000));

        client.hearsClose(4403);
    }

    @Test
    void so_does_half_a_head() {
        client.sends(new byte[] {(byte) (FIN | TEXT)});

        client.hearsClose(4403);
    }

    @Test
    void fragments_without_end_do_it_too_whatever_comes_between_them() {
        client.sends(Frame.bytes(TEXT, (byte) '"'), Frame.bytes(FIN | PING));
        assertThat(client.frame().opcode()).isEqualTo(PONG);
        client.sends(Frame.bytes(CONTINUATION, (byte) 'x'), Frame.bytes(FIN | PING));
        assertThat(client.frame().opcode()).isEqualTo(PONG);

        client.hearsClose(4403);
    }

    @Test
    void a_message_that_ends_in_time_is_heard_and_the_connection_may_rest_then() {
        byte[] frame = Frame.text(Echo.of("1"));
        for (byte each : frame) {
            client.sends(new byte[] {each});
        }
        client.hears(Echo.of("1"));

        try (WireWebSocket slower = SERVER.webSocket()) {
            slower.sends(Frame.head(FIN | TEXT, true, 3, 1000));
            slower.hearsClose(4403);
        }
        client.says(Echo.of("2"));
        client.hears(Echo.of("2"));
    }

    @Test
    void who_is_always_in_the_middle_of_a_message_but_ends_each_in_time_is_heard() {
        byte[] frame = Frame.bytes(FIN | TEXT, Echo.of("1").getBytes(StandardCharsets.UTF_8));
        byte[] begin = Arrays.copyOf(frame, 10);
        byte[] end = Arrays.copyOfRange(frame, 10, frame.length);
        client.sends(begin);
        try (WireWebSocket clock = WireWebSocket.on(SERVER.connect(), "/clock")) {
            for (int tick = 0; tick < 5; tick++) {
                assertThat(clock.frame().opcode()).isEqualTo(PING);
                clock.sends(Frame.bytes(FIN | PONG));
                client.sends(end, begin);
                client.hears(Echo.of("1"));
            }
        }
        client.sends(end);

        client.hears(Echo.of("1"));
    }
}
