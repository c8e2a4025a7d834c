package io.snorky.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.CloseReason;
import io.snorky.server.wire.Deflate;
import io.snorky.server.wire.Frame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

class MessageInflaterTest {

    private static final byte[] HELLO = "Hello".getBytes(StandardCharsets.UTF_8);

    private final MessageInflater inflater = MessageInflater.ofThisLoop();

    private Optional<Integer> problem(byte[] payload, int maxBytes) {
        return inflater.inflate(payload, payload.length, maxBytes).map(CloseReason::code);
    }

    private byte[] restored() {
        return Arrays.copyOf(inflater.output(), inflater.length());
    }

    private static byte[] text(int length) {
        byte[] text = new byte[length];
        new Random(length).ints(length, 'a', 'f').forEach(c -> text[c % length] = (byte) c);
        return text;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 1_000_000})
    void a_message_of_the_largest_size_is_restored(int length) {
        byte[] text = text(length);

        assertThat(problem(Deflate.compress(text), Math.max(1, length))).isEmpty();
        assertThat(restored()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 65_535, 65_536, 65_537, 1_000_000})
    void of_a_larger_one_no_more_is_restored_than_shows_that_it_is(int length) {
        byte[] payload = Deflate.compress(text(length));

        assertThat(problem(payload, length - 1)).contains(1009);
        assertThat(inflater.length()).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 100_000})
    void a_bomb_is_taken_no_further_than_the_bound(int maxBytes) {
        byte[] bomb = Deflate.compress(new byte[20 << 20]);

        assertThat(problem(bomb, maxBytes)).contains(1009);
        assertThat(inflater.length()).isEqualTo(maxBytes + 1);
        assertThat(inflater.output()).hasSizeLessThanOrEqualTo(Math.max(65_536, maxBytes + 1));
    }

    @Test
    void one_hidden_in_the_second_of_two_streams_neither() {
        byte[] bomb = Frame.join(Deflate.stream(HELLO), Deflate.compress(new byte[20 << 20]));

        assertThat(problem(bomb, 1000)).contains(1009);
        assertThat(inflater.length()).isEqualTo(1001);
    }

    @Test
    void what_is_cut_off_anywhere_is_broken() {
        byte[] payload = Deflate.compress(text(2000));

        for (int length = 0; length < payload.length; length++) {
            byte[] part = Arrays.copyOf(payload, length);

            assertThat(problem(part, 10_000)).as("of " + length + " bytes").contains(1007);
        }
    }

    @Test
    void so_is_what_refers_to_an_earlier_message() {
        byte[] both = Deflate.compress(Frame.join(HELLO, HELLO));
        byte[] withoutStart = {0x2, 0x13, 0, 0}; // repeats five bytes from five before

        assertThat(problem(both, 100)).isEmpty();
        assertThat(problem(withoutStart, 100)).contains(1007);
    }

    @Test
    void so_is_a_stream_of_more_last_blocks_than_anybody_needs() {
        byte[] emptyLastBlock = {3, 0};
        byte[][] streams = new byte[100][];
        Arrays.fill(streams, emptyLastBlock);

        assertThat(problem(Frame.join(Frame.join(streams), new byte[1]), 100)).contains(1007);
    }

    @Test
    void random_bytes_do_no_harm() {
        var random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            problem(bytes, 1000);
        }

        assertThat(problem(Deflate.compress(HELLO), 100)).isEmpty();
        assertThat(restored()).isEqualTo(HELLO);
    }
}
