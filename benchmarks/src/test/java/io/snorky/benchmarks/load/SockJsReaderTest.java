package io.snorky.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

class SockJsReaderTest {

    private final List<String> heard = new ArrayList<>();
    private final SockJsReader reader =
            new SockJsReader(
                    new SockJsReader.Sink() {
                        @Override
                        public boolean isOpening() {
                            return heard.isEmpty();
                        }

                        @Override
                        public void opened() {
                            heard.add("opened");
                        }

                        @Override
                        public void heard(byte[] payload, long length) {
                            heard.add(Connection.string(payload, length));
                        }

                        @Override
                        public void close(String reason) {
                            heard.add("closed " + reason);
                        }
                    });

    private void read(String frame) {
        byte[] text = ("..." + frame + "...").getBytes(StandardCharsets.UTF_8);
        reader.read(text, 3, text.length - 3);
    }

    @Test
    void takes_the_messages_out_of_the_frames() {
        read("o");
        read("a[\"one\"]");
        read("h");
        read("a[\"\",\"a,b]\",\"\\\"quoted\\\" \\\\\"]");
        read("a[]");
        read("a[\"" + "x".repeat(2_000) + "\"]");
        read("c[3000,\"Go away!\"]");

        assertThat(heard)
                .containsExactly(
                        "opened",
                        "one",
                        "",
                        "a,b]",
                        "\"quoted\" \\",
                        "x".repeat(2_000),
                        "closed by the server, c[3000,\"Go away!\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a", "a[", "a[\"x\"", "a[\"x", "a[1]", "a[\"x\"]]", "a[\"x\\"})
    void what_is_no_frame_is_refused(String frame) {
        assertThatThrownBy(() -> read(frame))
                .isInstanceOf(LoadException.class)
                .hasMessageStartingWith("frame: ");
    }

    @Test
    void a_session_opens_once() {
        read("o");

        assertThatThrownBy(() -> read("o")).hasMessageContaining("only one for a session");
    }
}
