package io.snorky.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.snorky.Message;
import io.snorky.transport.Connection;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class BatchTest {

    /** Counts what it writes. */
    private static final class Counting implements Framing {

        private final String mark;
        private int written;

        Counting(String mark) {
            this.mark = mark;
        }

        @Override
        public int length(Message message) {
            return message.utf8().length + mark.length();
        }

        @Override
        public int maxLength(int textLength) {
            return textLength + mark.length();
        }

        @Override
        public void write(byte[] text, int length, ByteBuf out) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void write(Message message, ByteBuf out) {
            written++;
            out.writeBytes(message.utf8()).writeCharSequence(mark, StandardCharsets.US_ASCII);
        }
    }

    private final Batch batch = new Batch(UnpooledByteBufAllocator.DEFAULT);
    private final Counting dots = new Counting(".");
    private final Counting marks = new Counting("!");

    @AfterEach
    void release() {
        batch.clear();
    }

    private String encoded(Framing framing) {
        return batch.encoded(framing).toString(StandardCharsets.US_ASCII);
    }

    private static Message message(String text) {
        return Message.ofJson(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void each_message_is_encoded_once_for_each_framing_however_they_alternate() {
        batch.begin(new Connection[0]);
        batch.add(message("one"));
        batch.add(message("two"));

        for (int i = 0; i < 5; i++) {
            assertThat(encoded(dots)).isEqualTo("one.two.");
            assertThat(encoded(marks)).isEqualTo("one!two!");
        }

        assertThat(dots.written).isEqualTo(2);
        assertThat(marks.written).isEqualTo(2);
    }

    @Test
    void nothing_of_it_is_left_for_the_next_batch() {
        batch.begin(new Connection[0]);
        batch.add(message("one"));
        encoded(dots);

        batch.clear();
        batch.begin(new Connection[0]);
        batch.add(message("two"));

        assertThat(encoded(dots)).isEqualTo("two.");
        assertThat(encoded(marks)).isEqualTo("two!");
    }

    @Test
    void its_bytes_are_free_when_the_last_who_shares_them_has_let_go() {
        batch.begin(new Connection[0]);
        batch.add(message("one"));
        ByteBuf first = batch.encoded(dots).retain();
        ByteBuf second = batch.encoded(dots).retain();
        batch.clear();

        assertThat(first.release()).isFalse();
        assertThat(second.release()).isTrue();
    }
}
