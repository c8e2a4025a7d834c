package io.snorky.server.websocket;

import static io.snorky.server.wire.Frame.BINARY;
import static io.snorky.server.wire.Frame.CLOSE;
import static io.snorky.server.wire.Frame.CONTINUATION;
import static io.snorky.server.wire.Frame.FIN;
import static io.snorky.server.wire.Frame.PING;
import static io.snorky.server.wire.Frame.PONG;
import static io.snorky.server.wire.Frame.TEXT;

import io.snorky.Registry;
import io.snorky.server.WebSocketOptions;
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
import java.util.HexFormat;
import java.util.List;

/** What a peer may not send: the close code tells, and nothing is read after it. */
class ViolationsTest {

    private static final int LIMIT = 10 << 20;

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(
                    at -> at.webSocket("/ws", WebSocketOptions.DEFAULT, new Registry(new Echo())));

    static final List<byte[]> NO_FRAMES =
            List.of(
                    Frame.bytes(FIN | 0x40 | TEXT),
                    Frame.bytes(FIN | 0x20 | TEXT),
                    Frame.bytes(FIN | 0x10 | TEXT),
                    Frame.bytes(FIN | 0x40 | PING),
                    Frame.bytes(FIN | 0x3),
                    Frame.bytes(FIN | 0x4),
                    Frame.bytes(FIN | 0x5),
                    Frame.bytes(FIN | 0x6),
                    Frame.bytes(FIN | 0x7),
                    Frame.bytes(FIN | 0xb),
                    Frame.bytes(FIN | 0xc),
                    Frame.bytes(FIN | 0xd),
                    Frame.bytes(FIN | 0xe),
                    Frame.bytes(FIN | 0xf),
                    Frame.head(FIN | TEXT, false, 1, 0),
                    Frame.head(FIN | CLOSE, false, 1, 0),
                    Frame.bytes(FIN | PING, new byte[126]),
                    Frame.bytes(FIN | PONG, new byte[126]),
                    Frame.bytes(FIN | CLOSE, new byte[126]),
                    Frame.bytes(PING),
                    Frame.bytes(PONG),
                    Frame.bytes(CLOSE),
                    Frame.head(FIN | TEXT, true, 3, 125),
                    Frame.head(FIN | TEXT, true, 9, 125),
                    Frame.head(FIN | TEXT, true, 9, 65_535),
                    Frame.head(FIN | TEXT, true, 9, Long.MIN_VALUE + 70_000),
                    Frame.head(FIN | TEXT, true, 9, -1),
                    Frame.bytes(FIN | CONTINUATION),
                    Frame.bytes(CONTINUATION),
                    Frame.join(Frame.bytes(TEXT), Frame.bytes(FIN | TEXT)),
                    Frame.join(Frame.bytes(TEXT), Frame.bytes(BINARY)));

    @AutoClose private WireWebSocket client;

    @BeforeEach
    void connect() {
        client = SERVER.webSocket();
    }

    @ParameterizedTest
    @FieldSource("NO_FRAMES")
    void what_is_no_frame_ends_the_connection_with_1002(byte[] bytes) {
        client.sends(Frame.text(Echo.of("1")), bytes, Frame.text(Echo.of("2")));

        client.hears(Echo.of("1"));
        client.hearsClose(1002);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ff",
                "c328",
                "80",
                "c080",
                "e08080",
                "eda080",
                "f4908080",
                "f8888080",
                "e282",
                "22ff22",
                "7b2273ff223a317d"
            })
    void text_that_is_not_UTF_8_ends_it_with_1007(String hex) {
        byte[] text = HexFormat.of().parseHex(hex);

        client.sends(Frame.bytes(FIN | TEXT, text), Frame.text(Echo.of("2")));

        client.hearsClose(1007);
    }

    @Test
    void so_does_text_in_fragments_and_in_strings() {
        byte[] before = "{\"service\":\"echo\",\"message\":\"ä".getBytes(StandardCharsets.UTF_8);
        byte[] after = "\"}".getBytes(StandardCharsets.UTF_8);

        client.sends(
                Frame.bytes(TEXT, before),
                Frame.bytes(CONTINUATION, (byte) 0xed, (byte) 0xa0),
                Frame.bytes(CONTINUATION, (byte) 0x80),
                Frame.bytes(FIN | CONTINUATION, after));

        client.hearsClose(1007);
    }

    @Test
    void a_message_of_10_MiB_is_taken() {
        String text = Echo.of('"' + "x".repeat(LIMIT - Echo.of("\"\"").length()) + '"');

        client.says(text);

        client.hears(text);
    }

    @Test
    void the_announcement_of_one_more_byte_ends_it_with_1009_at_once() {
        client.sends(Frame.head(FIN | TEXT, true, 9, LIMIT + 1));

        client.hearsClose(1009);
    }

    @Test
    void the_announcement_of_the_largest_number_does_too() {
        client.sends(Frame.head(FIN | BINARY, true, 9, Long.MAX_VALUE));

        client.hearsClose(1009);
    }

    @Test
    void fragments_are_counted_together() {
        client.sends(Frame.bytes(TEXT, new byte[LIMIT]), Frame.bytes(CONTINUATION));
        client.sends(Frame.head(CONTINUATION, true, 1, 1));

        client.hearsClose(1009);
    }

    @Test
    void other_clients_are_not_disturbed() {
        try (WireWebSocket other = SERVER.webSocket()) {
            client.sends(Frame.bytes(FIN | 0xf));
            client.hearsClose(1002);

            other.says(Echo.of("1"));
            other.hears(Echo.of("1"));
        }
    }
}
