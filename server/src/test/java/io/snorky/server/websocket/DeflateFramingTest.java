package io.snorky.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.snorky.Message;
import io.snorky.server.CompressionOptions;
import io.snorky.server.transport.Framing;
import io.snorky.server.wire.Deflate;
import io.snorky.server.wire.Frame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class DeflateFramingTest {

    private final Framing framing = DeflateFraming.ofThisLoop(new CompressionOptions(true, 50, 6));

    private static Message repeated(String text, int times) {
        return Message.ofJson(text.repeat(times).getBytes(StandardCharsets.UTF_8));
    }

    private static Message noise(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return Message.ofJson(bytes);
    }

    private static byte[] written(Framing framing, Message message) {
        return ByteBufUtil.getBytes(write(framing, message));
    }

    private static ByteBuf write(Framing framing, Message message) {
        ByteBuf out = Unpooled.buffer(framing.length(message), framing.length(message));
        framing.write(message, out);
        return out;
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 1000, 65_536, 300_000})
    void a_message_is_compressed_and_its_length_known_before(int length) {
        Message message = repeated("x", length);

        ByteBuf out = write(framing, message);

        assertThat(out.readableBytes()).isEqualTo(framing.length(message)).isLessThan(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 1000, 65_535, 65_536, 300_000})
    void one_that_would_not_get_shorter_goes_as_it_is(int length) {
        Message message = noise(length);

        assertThat(framing.length(message)).isEqualTo(WebSocketFraming.TEXT.length(message));
        assertThat(written(framing, message)).isEqualTo(written(WebSocketFraming.TEXT, message));
    }

    @Test
    void messages_in_a_row_are_what_they_are_one_by_one() {
        List<Message> messages = new ArrayList<>();
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Message message = i % 3 == 0 ? noise(40 * i) : repeated("message " + i, 1 + 100 * i);
            messages.add(message);
            frames.add(written(framing, message));
        }

        ByteBuf encoded = framing.encode(messages, UnpooledByteBufAllocator.DEFAULT);

        assertThat(ByteBufUtil.getBytes(encoded))
                .isEqualTo(Frame.join(frames.toArray(byte[][]::new)));
        encoded.release();
    }

    @Test
    void what_was_compressed_before_does_not_show() {
        Message message = repeated("x", 500);
        byte[] first = written(framing, message);

        written(framing, repeated("y", 500_000));
        written(framing, noise(1000));

        assertThat(written(framing, message)).isEqualTo(first);
    }

    @Test
    void the_level_is_that_of_the_options() {
        Framing small = DeflateFraming.ofThisLoop(new CompressionOptions(true, 50, 9));
        var text = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            text.append(i * i % 997).append(' ');
        }
        Message message = repeated(text.toString(), 1);
        Framing fast = DeflateFraming.ofThisLoop(new CompressionOptions(true, 50, 1));

        assertThat(small.length(message)).isLessThan(fast.length(message));
    }

    @Test
    void a_frame_holds_what_a_client_restores() {
        Message message = repeated("Hello", 20);

        byte[] frame = written(framing, message);

        assertThat(frame[0]).isEqualTo((byte) (Frame.FIN | Deflate.COMPRESSED | Frame.TEXT));
        byte[] payload = java.util.Arrays.copyOfRange(frame, 2, frame.length);
        assertThat(Deflate.restore(payload)).isEqualTo(message.utf8());
    }
}
