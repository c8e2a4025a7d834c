package io.snorky.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.DefaultEventLoop;
import io.snorky.CloseReason;
import io.snorky.server.transport.Drop;
import io.snorky.server.transport.NettyLoop;
import io.snorky.server.wire.Frame;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a reader keeps between two reads; all else is tested over sockets. */
class FrameReaderTest {

    private static final int LONG = 1 << 20;
    private static final int PIECE = 8192;

    private final DefaultEventLoop executor = new DefaultEventLoop();
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final Recorder heard = new Recorder();
    private final FrameReader reader =
            new FrameReader(heard, new NettyLoop(executor, new Drop.Counters()), LONG, false);

    @AfterEach
    void release() {
        reader.release();
        assertThat(keptBytes()).isZero();
        executor.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private long keptBytes() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    private void read(byte[] bytes) {
        reader.read(Unpooled.wrappedBuffer(bytes), allocator);
    }

    private void readInPieces(byte[] bytes) {
        for (int at = 0; at < bytes.length; at += PIECE) {
            read(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + PIECE)));
        }
    }

    @Test
    void nothing_is_kept_between_frames() {
        read(Frame.text("one"));
        readInPieces(Frame.text("x".repeat(LONG)));

        assertThat(heard.messages).hasSize(2);
        assertThat(keptBytes()).isZero();
    }

    @Test
    void of_a_frame_that_is_announced_only_what_came_is_kept() {
        read(Frame.head(Frame.FIN | Frame.TEXT, true, 9, LONG));

        assertThat(keptBytes()).isLessThanOrEqualTo(256);
    }

    @Test
    void a_long_frame_is_forgotten_even_if_the_next_has_begun() {
        byte[] next = Frame.text("next");
        byte[] both = Frame.join(Frame.text("x".repeat(LONG)), next);
        int cut = both.length - next.length + 1;

        readInPieces(Arrays.copyOf(both, cut));

        assertThat(heard.messages).hasSize(1);
        assertThat(keptBytes()).isLessThanOrEqualTo(256);
        read(Arrays.copyOfRange(both, cut, both.length));
        assertThat(heard.messages.get(1)).isEqualTo("next");
    }

    private static final class Recorder implements FrameReader.Listener {

        private final List<String> messages = new ArrayList<>();

        @Override
        public void onMessage(byte[] payload, int length, boolean text) {
            messages.add(new String(payload, 0, length, StandardCharsets.UTF_8));
        }

        @Override
        public void onCompressed(byte[] payload, int length, boolean text) {
            throw new AssertionError("not agreed on");
        }

        @Override
        public void onPing(byte[] payload, int length) {}

        @Override
        public void onPong() {}

        @Override
        public void onClose(byte[] payload, int length) {}

        @Override
        public void onViolation(CloseReason reason) {
            throw new AssertionError(reason);
        }
    }
}
