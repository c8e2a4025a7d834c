package io.snorky.server.websocket;

import static io.snorky.server.wire.Deflate.COMPRESSED;
import static io.snorky.server.wire.Frame.CLOSE;
import static io.snorky.server.wire.Frame.CONTINUATION;
import static io.snorky.server.wire.Frame.FIN;
import static io.snorky.server.wire.Frame.PING;
import static io.snorky.server.wire.Frame.TEXT;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.Registry;
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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What may not be sent on a connection that agreed on permessage-deflate. */
class CompressionViolationsTest {

    private static final int LIMIT = 100_000;

    private static final WebSocketOptions OPTIONS =
            WebSocketOptions.DEFAULT
                    .withCompression(CompressionOptions.ON)
                    .withMaxMessageBytes(LIMIT);

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(at -> at.webSocket("/ws", OPTIONS, new Registry(new Echo())));

    private static final byte[] PAYLOAD =
            Deflate.compress(Echo.of("\"abcabc\"").getBytes(StandardCharsets.UTF_8));

    /** RSV1 stands on the first frame of a message only (RFC 7692, section 6). */
    static final List<byte[]> MARKED_WRONGLY =
            List.of(
                    Frame.bytes(FIN | COMPRESSED | PING),
                    Frame.bytes(FIN | COMPRESSED | CLOSE),
                    Frame.bytes(FIN | COMPRESSED | 0x3),
                    Frame.bytes(FIN | COMPRESSED | 0x20 | TEXT, PAYLOAD),
                    Frame.bytes(FIN | COMPRESSED | 0x10 | TEXT, PAYLOAD),
                    Frame.bytes(FIN | 0x20 | TEXT),
                    Frame.bytes(FIN | 0x10 | TEXT),
                    Frame.bytes(FIN | COMPRESSED | CONTINUATION),
                    Frame.join(
                            Frame.bytes(COMPRESSED | TEXT),
                            Frame.bytes(FIN | COMPRESSED | CONTINUATION, PAYLOAD)),
                    Frame.join(
                            Frame.bytes(TEXT),
                            Frame.bytes(FIN | COMPRESSED | CONTINUATION, PAYLOAD)));

    static final List<byte[]> BROKEN =
            List.of(
                    new byte[0],
                    new byte[] {-1, -1, -1, -1},
                    Arrays.copyOf(PAYLOAD, PAYLOAD.length / 2),
                    Frame.join(PAYLOAD, new byte[] {7}),
                    Deflate.compress(new byte[] {'"', -1, '"'}));

    @AutoClose private WireWebSocket client;

    @BeforeEach
    void connect() {
        client = WireWebSocket.compressed(SERVER.address());
    }

    @ParameterizedTest
    @FieldSource("MARKED_WRONGLY")
    void a_mark_where_none_may_be_ends_the_connection_with_1002(byte[] frames) {
        client.sends(frames);

        client.hearsClose(1002);
    }

    @Test
    void so_does_one_on_a_connection_without_compression() {
        try (WireWebSocket plain = SERVER.webSocket()) {
            plain.sends(Deflate.text(PAYLOAD));

            plain.hearsClose(1002);
        }
    }

    @ParameterizedTest
    @FieldSource("BROKEN")
    void what_cannot_be_restored_or_is_no_text_ends_it_with_1007(byte[] payload) {
        client.sends(
                Frame.text(Echo.of("1")),
                Frame.bytes(FIN | COMPRESSED | TEXT, payload),
                Frame.text(Echo.of("2")));

        client.hears(Echo.of("1"));
        client.hearsClose(1007);
    }

    @Test
    void a_message_of_the_largest_size_is_taken() {
        String text = Echo.of('"' + "x".repeat(LIMIT - Echo.of("\"\"").length()) + '"');

        client.sends(Deflate.text(Deflate.compress(text.getBytes(StandardCharsets.UTF_8))));

        assertThat(Deflate.restore(client.frame().payload())).hasSize(LIMIT);
    }

    @Test
    void one_more_byte_ends_it_with_1009() {
        client.sends(Deflate.text(Deflate.compress(new byte[LIMIT + 1])));

        client.hearsClose(1009);
    }

    @Test
    void so_does_a_bomb_in_fragments_and_others_are_not_disturbed() {
        byte[] bomb = Deflate.compress(new byte[64 << 20]);
        try (WireWebSocket other = WireWebSocket.compressed(SERVER.address())) {
            client.sends(
                    Frame.bytes(COMPRESSED | TEXT, Arrays.copyOf(bomb, 10)),
                    Frame.bytes(FIN | CONTINUATION, Arrays.copyOfRange(bomb, 10, bomb.length)));
            client.hearsClose(1009);

            other.sends(Deflate.text(PAYLOAD));
            other.hears(Echo.of("\"abcabc\""));
        }
    }
}
