package io.snorky.server.websocket;

import static io.snorky.server.wire.Deflate.COMPRESSED;
import static io.snorky.server.wire.Frame.BINARY;
import static io.snorky.server.wire.Frame.CONTINUATION;
import static io.snorky.server.wire.Frame.FIN;
import static io.snorky.server.wire.Frame.PING;
import static io.snorky.server.wire.Frame.PONG;
import static io.snorky.server.wire.Frame.TEXT;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.Registry;
import io.snorky.pubsub.PubSubService;
import io.snorky.server.CompressionOptions;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.wire.Deflate;
import io.snorky.server.wire.Echo;
import io.snorky.server.wire.Frame;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;

/** Messages on connections that agreed on permessage-deflate (RFC 7692, section 7.2). */
class CompressionTest {

    private static final int THRESHOLD = 100;

    private static final WebSocketOptions OPTIONS =
            WebSocketOptions.DEFAULT.withCompression(new CompressionOptions(true, THRESHOLD, 6));

    private static final PubSubService PUBSUB = new PubSubService("pubsub");

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(at -> at.webSocket("/ws", OPTIONS, new Registry(PUBSUB, new Echo())));

    private static final String SHORT = Echo.of("1");
    private static final String LONG = Echo.of('"' + "ä€😀x".repeat(1000) + '"');

    private static final byte[] HALF_1 = Arrays.copyOfRange(utf8(LONG), 0, 3000);
    private static final byte[] HALF_2 = Arrays.copyOfRange(utf8(LONG), 3000, utf8(LONG).length);

    /** All say {@link #LONG}. */
    static final List<byte[]> STREAMS =
            List.of(
                    Deflate.compress(utf8(LONG)),
                    Deflate.compress(deflater(Deflater.BEST_COMPRESSION), utf8(LONG)),
                    Deflate.compress(deflater(Deflater.NO_COMPRESSION), utf8(LONG)), // 7.2.3.3
                    Deflate.compress(huffmanOnly(), utf8(LONG)),
                    Deflate.compress(deflater(Deflater.BEST_SPEED), HALF_1, HALF_2), // 7.2.3.5
                    Frame.join(Deflate.stream(utf8(LONG)), new byte[1]), // 7.2.3.4
                    Frame.join(Deflate.stream(HALF_1), Deflate.compress(HALF_2)),
                    Frame.join(Deflate.stream(HALF_1), Deflate.stream(HALF_2), new byte[1]));

    @AutoClose private WireWebSocket client;

    @BeforeEach
    void connect() {
        client = WireWebSocket.compressed(SERVER.address());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Deflater deflater(int level) {
        return new Deflater(level, true);
    }

    private static Deflater huffmanOnly() {
        Deflater deflater = deflater(Deflater.DEFAULT_COMPRESSION);
        deflater.setStrategy(Deflater.HUFFMAN_ONLY);
        return deflater;
    }

    private static void hearsCompressed(WireWebSocket client, String text) {
        Frame frame = client.frame();
        assertThat(frame.opcode()).isEqualTo(COMPRESSED | TEXT);
        assertThat(frame.isFinal()).isTrue();
        assertThat(frame.payload()).hasSizeLessThan(text.length());
        assertThat(new String(Deflate.restore(frame.payload()), StandardCharsets.UTF_8))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {THRESHOLD, 126, 1000, 65_536, 1 << 20})
    void a_message_is_compressed(int length) {
        String text = Echo.of('"' + "x".repeat(length - Echo.of("\"\"").length()) + '"');

        client.says(text);

        hearsCompressed(client, text);
    }

    @Test
    void no_message_needs_those_before_it() {
        for (int i = 0; i < 3; i++) {
            client.says(LONG);
            hearsCompressed(client, LONG);
        }
    }

    @Test
    void one_below_the_threshold_is_not() {
        String text = Echo.of('"' + "x".repeat(THRESHOLD - 1 - Echo.of("\"\"").length()) + '"');

        client.says(text);

        client.hears(text);
    }

    @ParameterizedTest
    @FieldSource("STREAMS")
    void what_a_client_compresses_is_understood(byte[] payload) {
        client.sends(Deflate.text(payload));

        hearsCompressed(client, LONG);
    }

    @ParameterizedTest
    @FieldSource("STREAMS")
    void so_it_is_in_fragments_and_between_control_frames(byte[] payload) {
        List<byte[]> frames = new ArrayList<>();
        frames.add(Frame.bytes(COMPRESSED | TEXT));
        frames.add(Frame.bytes(FIN | PING));
        for (int at = 0; at < payload.length; at += 7) {
            int end = Math.min(payload.length, at + 7);
            frames.add(Frame.bytes(CONTINUATION, Arrays.copyOfRange(payload, at, end)));
        }
        frames.add(Frame.bytes(FIN | CONTINUATION));

        client.sends(frames.toArray(byte[][]::new));

        assertThat(client.frame().opcode()).isEqualTo(PONG);
        hearsCompressed(client, LONG);
    }

    @Test
    void messages_of_several_clients_in_fragments_do_not_mix() {
        byte[] payload = Deflate.compress(utf8(LONG));
        byte[] start = Arrays.copyOfRange(payload, 0, 20);
        byte[] end = Arrays.copyOfRange(payload, 20, payload.length);
        try (WireWebSocket other = WireWebSocket.compressed(SERVER.address())) {
            client.sends(Frame.bytes(COMPRESSED | TEXT, start));
            other.sends(Frame.bytes(COMPRESSED | TEXT, start));
            client.sends(Frame.bytes(FIN | CONTINUATION, end));
            other.sends(Frame.bytes(FIN | CONTINUATION, end));

            hearsCompressed(client, LONG);
            hearsCompressed(other, LONG);
        }
    }

    @Test
    void short_and_binary_messages_may_be_compressed_too_and_empty_ones() {
        client.sends(
                Deflate.text(Deflate.compress(utf8(SHORT))),
                Deflate.text(new byte[1]), // the empty message (7.2.3.6)
                Frame.bytes(FIN | COMPRESSED | BINARY, Deflate.compress(utf8(SHORT))));

        client.hears(SHORT);
        client.hears(SHORT);
    }

    @Test
    void plain_messages_may_come_between_compressed_ones() {
        client.sends(
                Frame.text(SHORT),
                Deflate.text(Deflate.compress(utf8(LONG))),
                Frame.bytes(TEXT, utf8(SHORT)),
                Frame.bytes(FIN | CONTINUATION),
                Deflate.text(Deflate.compress(utf8(LONG))));

        client.hears(SHORT);
        hearsCompressed(client, LONG);
        client.hears(SHORT);
        hearsCompressed(client, LONG);
    }

    @Test
    void an_audience_hears_the_same_whether_compressed_or_not() {
        List<WireWebSocket> compressed = new ArrayList<>();
        List<WireWebSocket> plain = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            compressed.add(subscribed(WireWebSocket.compressed(SERVER.address())));
            plain.add(subscribed(SERVER.webSocket()));
        }

        for (String text : List.of("x".repeat(200), "short", "y".repeat(100_000))) {
            PUBSUB.publish("news", text);
        }

        for (String text : List.of("x".repeat(200), "short", "y".repeat(100_000))) {
            String expected = news(text);
            plain.forEach(each -> each.hears(expected));
            compressed.forEach(each -> {
                if (text.length() < THRESHOLD) {
                    each.hears(expected);
                } else {
                    hearsCompressed(each, expected);
                }
            });
        }
        compressed.forEach(WireWebSocket::close);
        plain.forEach(WireWebSocket::close);
    }

    private static String news(String text) {
        return "{\"service\":\"pubsub\",\"message\":{\"type\":\"message\",\"channel\":\"news\","
                + ("\"message\":\"" + text + "\"}}");
    }

    private static WireWebSocket subscribed(WireWebSocket client) {
        client.says(
                """
                {"service":"pubsub","message":{"command":"subscribe","params":{"channel":"news"}}}\
                """);
        client.hears(
                """
                {"service":"pubsub","message":{"type":"response","data":null}}\
                """);
        return client;
    }
}
