package io.snorky.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

class FrameReaderTest {

    private static final int SKIPPED = 2;

    private final List<String> heard = new ArrayList<>();
    private final FrameReader reader =
            new FrameReader(
                    new FrameReader.Sink() {
                        @Override
                        public boolean wants(int opcode, long length) {
                            return opcode != SKIPPED;
                        }

                        @Override
                        public void frame(int opcode, byte[] payload, long length) {
                            heard.add(opcode + " " + text(opcode, payload, length));
                        }
                    });

    private static String text(int opcode, byte[] payload, long length) {
        return opcode == SKIPPED
                ? length + " bytes"
                : new String(payload, 0, (int) length, StandardCharsets.US_ASCII);
    }

    private static byte[] frames(int longest) {
        var bytes = ByteBuffer.allocate(longest + 300);
        bytes.put(new byte[] {(byte) 0x81, 5}).put(ascii("first"));
        bytes.put(new byte[] {(byte) 0x82, 126, 0, (byte) 200}).put(new byte[200]);
        bytes.put(new byte[] {(byte) 0x89, 0});
        bytes.put(new byte[] {(byte) 0x82, 127}).putLong(longest).put(new byte[longest]);
        bytes.put(new byte[] {(byte) 0x81, 4}).put(ascii("last"));
        byte[] all = new byte[bytes.position()];
        bytes.flip().get(all);
        return all;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 1_000, 100_000})
    void finds_all_frames_however_they_are_cut(int pieceBytes) {
        byte[] all = frames(70_000);

        for (int from = 0; from < all.length; from += pieceBytes) {
            reader.read(ByteBuffer.wrap(all, from, Math.min(pieceBytes, all.length - from)));
        }

        assertThat(heard)
                .containsExactly("1 first", "2 200 bytes", "9 ", "2 70000 bytes", "1 last");
    }

    @Test
    void tells_nothing_of_a_frame_that_is_not_complete() {
        reader.read(ByteBuffer.wrap(new byte[] {(byte) 0x81, 2, 'a'}));

        assertThat(heard).isEmpty();
    }
}
