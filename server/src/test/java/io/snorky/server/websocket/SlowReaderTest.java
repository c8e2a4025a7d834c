package io.snorky.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.Overflow;
import io.snorky.Registry;
import io.snorky.pubsub.PubSubService;
import io.snorky.server.InboundLimits;
import io.snorky.server.OutboundLimits;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.wire.Echo;
import io.snorky.server.wire.Frame;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A client that does not read what it asked for. */
class SlowReaderTest {

    private static final int WAITING_BYTES = 1 << 20;

    /** More than the limit and all that the kernel may keep between two sockets. */
    private static final int FLOOD_BYTES = 12 << 20;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final WebSocketOptions OPTIONS =
            WebSocketOptions.DEFAULT
                    .withInbound(InboundLimits.DEFAULT.withRates(1_000_000, 1 << 30, PATIENCE))
                    .withMaxOutboundBytes(WAITING_BYTES);

    private static final WebSocketOptions STALLING =
            OPTIONS.withOutbound(new OutboundLimits(WAITING_BYTES, Duration.ofMillis(300)));

    private static final PubSubService PUBSUB = new PubSubService("pubsub");
    private static final PubSubService LATEST = new PubSubService("latest", Overflow.CONFLATE);
    private static final PubSubService NEWEST = new PubSubService("newest", Overflow.DROP_OLDEST);
    private static final GuestBook GUESTS = new GuestBook();

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(at ->
                    at.webSocket("/ws", OPTIONS, new Registry(PUBSUB, LATEST, NEWEST, new Echo()))
                            .webSocket("/stalling", STALLING, new Registry(GUESTS, new Echo())));

    @AutoClose private WireWebSocket slow;

    @BeforeEach
    void connect() {
        slow = WireWebSocket.on(Wire.withSmallReceiveBuffer(SERVER.address()));
    }

    private static void subscribe(WireWebSocket client) {
        subscribe(client, "pubsub", "flood");
    }

    private static void subscribe(WireWebSocket client, String service, String channel) {
        client.says(
                """
                {"service":"%s","message":{"command":"subscribe","params":{"channel":"%s"}}}\
                """
                        .formatted(service, channel));
        client.hears(
                """
                {"service":"%s","message":{"type":"response","data":null}}\
                """
                        .formatted(service));
    }

    /** What a client hears on channels, until the last message. */
    private static List<Integer> numbersUntil(int last, WireWebSocket client, String channel) {
        List<Integer> numbers = new ArrayList<>();
        String mark = "\"channel\":\"" + channel + "\",\"message\":\"";
        while (true) {
            String text = client.frame().text();
            int at = text.indexOf(mark);
            if (at < 0) {
                continue;
            }
            int number = Integer.parseInt(text, at + mark.length(), text.indexOf(' ', at), 10);
            numbers.add(number);
            if (number == last) {
                return numbers;
            }
        }
    }

    private static String numbered(int number) {
        return number + " " + "x".repeat(100_000);
    }

    /**
     * Reads until a close frame comes.
     *
     * @return the bytes of the frames before it
     */
    private static long readUntilClosed(WireWebSocket client) {
        long bytes = 0;
        Frame frame = client.frame();
        while (frame.opcode() != Frame.CLOSE) {
            bytes += frame.payload().length;
            frame = client.frame();
        }
        assertThat(frame.closeCode()).isEqualTo(4400);
        client.wire().expectEnd();
        return bytes;
    }

    @Test
    void it_is_hung_up_on_and_others_get_everything() {
        String message = "x".repeat(100_000);
        subscribe(slow);
        try (WireWebSocket good = SERVER.webSocket()) {
            subscribe(good);
            for (int sent = 0; sent < FLOOD_BYTES; sent += message.length()) {
                PUBSUB.publish("flood", message);

                assertThat(good.frame().text()).endsWith("x\"}}");
            }
        }

        assertThat(readUntilClosed(slow)).isLessThan(FLOOD_BYTES);
    }

    @Test
    void it_gets_the_newest_message_of_each_channel_if_the_service_conflates() {
        int count = 2 * FLOOD_BYTES / 100_000;
        subscribe(slow, "latest", "one");
        subscribe(slow, "latest", "two");

        for (int i = 1; i <= count; i++) {
            LATEST.publish("one", numbered(i));
            LATEST.publish("two", numbered(i));
        }
        LATEST.publish("two", numbered(count + 1));

        List<Integer> heard = numbersUntil(count, slow, "one");
        assertThat(heard).isSorted().doesNotHaveDuplicates().hasSizeLessThan(count);
        assertThat(numbersUntil(count + 1, slow, "two")).endsWith(count + 1);
        slow.says(Echo.of("1"));
        slow.hears(Echo.of("1"));
    }

    @Test
    void it_misses_the_oldest_messages_if_the_service_drops_them() {
        int count = 2 * FLOOD_BYTES / 100_000;
        subscribe(slow, "newest", "one");

        for (int i = 1; i <= count; i++) {
            NEWEST.publish("one", numbered(i));
        }

        List<Integer> heard = numbersUntil(count, slow, "one");
        assertThat(heard).isSorted().doesNotHaveDuplicates().hasSizeLessThan(count);
        assertThat(heard.subList(heard.size() - 5, heard.size()))
                .containsExactly(count - 4, count - 3, count - 2, count - 1, count);
        slow.says(Echo.of("1"));
        slow.hears(Echo.of("1"));
    }

    @Test
    void a_service_that_drops_does_not_drop_what_others_send() {
        subscribe(slow, "newest", "one");
        subscribe(slow);

        for (int sent = 0; sent < FLOOD_BYTES; sent += 100_000) {
            NEWEST.publish("one", numbered(1));
            PUBSUB.publish("flood", numbered(1));
        }

        assertThat(readUntilClosed(slow)).isLessThan(2 * FLOOD_BYTES);
    }

    @Test
    void answers_to_pings_are_bounded_too() {
        byte[] ping = Frame.bytes(Frame.FIN | Frame.PING, new byte[125]);
        byte[][] pings = new byte[1000][];
        Arrays.fill(pings, ping);

        for (int sent = 0; sent < FLOOD_BYTES; sent += 125 * pings.length) {
            slow.sends(pings);
        }

        assertThat(readUntilClosed(slow)).isLessThan(FLOOD_BYTES);
    }

    @Test
    void so_are_replies() {
        String text = Echo.of('"' + "x".repeat(10_000) + '"');

        for (int sent = 0; sent < FLOOD_BYTES; sent += text.length()) {
            slow.says(text);
        }

        assertThat(readUntilClosed(slow)).isLessThan(FLOOD_BYTES);
    }

    @Test
    void what_takes_nothing_for_too_long_is_cut() {
        try (WireWebSocket stalled =
                WireWebSocket.on(Wire.withSmallReceiveBuffer(SERVER.address()), "/stalling")) {
            stalled.says(Echo.of('"' + "x".repeat(8 << 20) + '"'));

            GUESTS.expect(stalled.wire().localAddress(), "connected", "disconnected");
        }
    }

    @Test
    void a_single_message_may_be_larger_than_the_bound() {
        String text = Echo.of('"' + "x".repeat(2 * WAITING_BYTES) + '"');

        slow.says(text);

        slow.hears(text);
    }
}
