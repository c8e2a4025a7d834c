package io.snorky.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

class MessageTemplateTest {

    private static final int MASK_BYTES = 4;

    /** The payloads of masked frames that have two bytes of length. */
    private static List<byte[]> payloads(ByteBuffer frames) {
        List<byte[]> payloads = new ArrayList<>();
        while (frames.hasRemaining()) {
            assertThat(frames.getShort()).isEqualTo((short) 0x81fe);
            byte[] payload = new byte[frames.getShort()];
            byte[] mask = new byte[MASK_BYTES];
            frames.get(mask).get(payload);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i % MASK_BYTES];
            }
            payloads.add(payload);
        }
        return payloads;
    }

    @Test
    void makes_frames_with_the_numbers_and_times_of_messages() {
        var template = Dialect.SNORKY.template(Dialect.SNORKY.publication());

        List<byte[]> payloads = payloads(template.frames(3, 41, 1_000, 10));

        assertThat(payloads)
                .extracting(payload -> Stamp.read(payload, payload.length))
                .containsExactly(new Stamp(41, 1_000), new Stamp(42, 1_010), new Stamp(43, 1_020));
        assertThat(new String(payloads.getFirst(), StandardCharsets.US_ASCII))
                .startsWith("{\"service\":\"pubsub\",\"message\":{\"command\":\"publish\"")
                .endsWith("xxx\"}}}");
    }

    @Test
    void makes_elements_of_an_array_for_requests_of_sockjs() {
        Dialect dialect = Dialect.PLAIN.over(Wire.SOCKJS_XHR_STREAMING, "/plain");
        ByteBuffer elements = dialect.template(dialect.publication()).frames(2, 41, 1_000, 10);

        assertThat(StandardCharsets.US_ASCII.decode(elements).toString())
                .matches("\"p@@0{14}290{13}3e8x+\",\"p@@0{14}2a0{13}3f2x+\",");
    }

    @Test
    void everybody_gets_128_bytes() {
        assertThat(Dialect.PLAIN.publication()).hasSize(128);
        assertThat(Dialect.PLAIN.call()).hasSize(128);
        assertThat(Dialect.SOCKET_IO.publication()).hasSize(128 + "42[\"p\",\"\"]".length());
        assertThat(Dialect.SNORKY.publication()).contains(Stamp.BLANK + "x".repeat(128 - 34));
    }

    @Test
    void what_was_not_published_has_no_stamp() {
        byte[] other = "Hello".getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> Stamp.read(other, other.length))
                .hasMessage("message: Hello (expected: one that was published)");
    }
}
