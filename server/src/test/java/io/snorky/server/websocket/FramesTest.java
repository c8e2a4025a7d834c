package io.snorky.server.websocket;

import static io.snorky.server.wire.Frame.BINARY;
import static io.snorky.server.wire.Frame.CONTINUATION;
import static io.snorky.server.wire.Frame.FIN;
import static io.snorky.server.wire.Frame.PING;
import static io.snorky.server.wire.Frame.PONG;
import static io.snorky.server.wire.Frame.TEXT;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.server.wire.Echo;
import io.snorky.server.wire.Frame;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

class FramesTest {

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer(at -> at.webSocket("/ws", new Echo()));

    private static final byte[] NOTHING = {};

    @AutoClose private WireWebSocket client;

    @BeforeEach
    void connect() {
        client = SERVER.webSocket();
    }

    /** An echo whose message has that many bytes altogether. */
    private static String echoOf(int bytes) {
        return Echo.of('"' + "x".repeat(bytes - Echo.of("\"\"").length()) + '"');
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {125, 126, 127, 128, 65_535, 65_536, 65_537, 1 << 20})
    void a_message_may_have_any_length(int length) {
        client.says(echoOf(length));

        client.hears(echoOf(length));
    }

    @Test
    void frames_may_be_cut_at_every_byte() {
        byte[] frames = Frame.join(Frame.text(Echo.of("1")), Frame.text(echoOf(200)));
        for (int cut = 1; cut < frames.length; cut++) {
            client.sends(Arrays.copyOfRange(frames, 0, cut));
            client.sends(Arrays.copyOfRange(frames, cut, frames.length));

            client.hears(Echo.of("1"));
            client.hears(echoOf(200));
        }
    }

    @Test
    void frames_may_come_byte_by_byte() {
        for (byte each : Frame.join(Frame.text(Echo.of("1")), Frame.text(echoOf(70_000)))) {
            client.wire().write(new byte[] {each});
        }

        client.hears(Echo.of("1"));
        client.hears(echoOf(70_000));
    }

    @Test
    void many_frames_may_come_in_one_packet() {
        byte[][] frames = new byte[1000][];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = Frame.text(Echo.of(Integer.toString(i)));
        }

        client.sends(frames);

        for (int i = 0; i < frames.length; i++) {
            client.hears(Echo.of(Integer.toString(i)));
        }
    }

    @Test
    void a_message_may_be_in_fragments_of_any_size() {
        byte[] text = utf8(Echo.of("\"ä€😀\""));

        client.sends(Frame.bytes(TEXT, NOTHING));
        for (byte each : text) { // also inside a character
            client.sends(Frame.bytes(CONTINUATION, each));
        }
        client.sends(Frame.bytes(FIN | CONTINUATION, NOTHING));

        client.hears(Echo.of("\"ä€😀\""));
    }

    @Test
    void fragments_of_a_large_message_are_put_together() {
        byte[] text = utf8(echoOf(300_000));

        client.sends(Frame.bytes(TEXT, Arrays.copyOfRange(text, 0, 100)));
        client.sends(Frame.bytes(CONTINUATION, Arrays.copyOfRange(text, 100, 200_000)));
        client.sends(Frame.bytes(FIN | CONTINUATION, Arrays.copyOfRange(text, 200_000, 300_000)));

        client.hears(echoOf(300_000));
    }

    @Test
    void control_frames_may_come_between_fragments() {
        client.sends(
                Frame.bytes(TEXT, utf8("{\"service\":\"ec")),
                Frame.bytes(FIN | PING, utf8("ping 1")),
                Frame.bytes(CONTINUATION, utf8("ho\",\"mess")),
                Frame.bytes(FIN | PONG, utf8("nobody asked")),
                Frame.bytes(FIN | PING),
                Frame.bytes(FIN | CONTINUATION, utf8("age\":1}")));

        assertThat(client.frame())
                .satisfies(frame -> assertThat(frame.opcode()).isEqualTo(PONG))
                .satisfies(frame -> assertThat(frame.text()).isEqualTo("ping 1"));
        assertThat(client.frame())
                .satisfies(frame -> assertThat(frame.opcode()).isEqualTo(PONG))
                .satisfies(frame -> assertThat(frame.payload()).isEmpty());
        client.hears(Echo.of("1"));
    }

    @Test
    void a_ping_is_answered_with_its_payload() {
        byte[] payload = new byte[125];
        payload[0] = (byte) 0xff;
        payload[124] = 1;

        client.sends(Frame.bytes(FIN | PING, payload));

        Frame pong = client.frame();
        assertThat(pong.opcode()).isEqualTo(PONG);
        assertThat(pong.payload()).isEqualTo(payload);
    }

    @Test
    void a_binary_frame_that_holds_JSON_is_taken_like_text() {
        client.sends(Frame.bytes(FIN | BINARY, utf8(Echo.of("\"ä\""))));
        client.hears(Echo.of("\"ä\""));

        client.sends(
                Frame.bytes(BINARY, utf8("{\"service\":\"echo\",")),
                Frame.bytes(FIN | CONTINUATION, utf8("\"message\":2}")));
        client.hears(Echo.of("2"));
    }

    @Test
    void a_binary_frame_that_holds_something_else_is_dropped() {
        client.sends(Frame.bytes(FIN | BINARY, (byte) 0xff, (byte) 0xfe, (byte) 0));
        client.says(Echo.of("1"));

        client.hears(Echo.of("1"));
    }

    @Test
    void an_empty_text_is_dropped() {
        client.sends(Frame.text(""), Frame.bytes(TEXT), Frame.bytes(FIN | CONTINUATION));
        client.says(Echo.of("1"));

        client.hears(Echo.of("1"));
    }
}
