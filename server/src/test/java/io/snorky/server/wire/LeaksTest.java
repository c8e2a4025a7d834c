package io.snorky.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;

import org.junit.jupiter.api.Test;

class LeaksTest {

    @Test
    void a_buffer_that_is_forgotten_is_noticed_once() {
        forgetBuffer();

        assertThat(Leaks.found()).singleElement().asString().contains("LEAK: ByteBuf.release()");
        assertThat(Leaks.found()).isEmpty();
    }

    @Test
    void a_buffer_that_is_released_is_none() {
        ByteBufAllocator.DEFAULT.buffer(16).writeByte(1).release();

        assertThat(Leaks.found()).isEmpty();
    }

    private static void forgetBuffer() {
        ByteBufAllocator.DEFAULT.buffer(16).writeByte(1);
    }
}
