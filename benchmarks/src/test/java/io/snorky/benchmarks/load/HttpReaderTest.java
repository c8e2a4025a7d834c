package io.snorky.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

class HttpReaderTest {

    private static final String NO_CONTENT =
            "HTTP/1.1 204 No Content\r\nContent-Type: text/plain\r\n\r\n";
    private static final String PLAIN = "HTTP/1.1 404 Not Found\r\ncontent-length:5\r\n\r\n12345";
    private static final String EMPTY = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "3\r\none\r\nA\r\n\r\n345678\r\n\r\n0\r\n\r\n";

    private final List<String> heard = new ArrayList<>();
    private final StringBuilder body = new StringBuilder();
    private final HttpReader reader =
            new HttpReader(
                    new HttpReader.Sink() {
                        @Override
                        public void head(int status) {
                            heard.add("head " + status);
                        }

                        @Override
                        public void body(ByteBuffer piece) {
                            body.append(StandardCharsets.US_ASCII.decode(piece));
                        }

                        @Override
                        public void end() {
                            heard.add("end after " + body);
                            body.setLength(0);
                        }
                    });

    private void read(String text, int pieceBytes) {
        byte[] all = text.getBytes(StandardCharsets.US_ASCII);
        for (int from = 0; from < all.length; from += pieceBytes) {
            reader.read(ByteBuffer.wrap(all, from, Math.min(pieceBytes, all.length - from)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 1_000})
    void finds_all_answers_however_they_are_cut(int pieceBytes) {
        read(NO_CONTENT + PLAIN + CHUNKED + EMPTY + NO_CONTENT, pieceBytes);

        assertThat(heard)
                .containsExactly(
                        "head 204",
                        "end after ",
                        "head 404",
                        "end after 12345",
                        "head 200",
                        "end after one\r\n345678\r\n",
                        "head 200",
                        "end after ",
                        "head 204",
                        "end after ");
    }

    @Test
    void tells_of_the_pieces_of_an_answer_that_has_not_ended() {
        read(CHUNKED.substring(0, CHUNKED.indexOf("0\r\n\r\n")), 1_000);

        assertThat(heard).containsExactly("head 200");
        assertThat(body.toString()).isEqualTo("one\r\n345678\r\n");
    }

    @Test
    void what_is_no_answer_is_refused() {
        assertThatThrownBy(() -> read("HTTP/1.0 200 OK\r\n\r\n", 1_000))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("(expected: HTTP/1.1 …)");
    }
}
