package io.snorky.examples.todo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.Map;

class TodoArgumentsTest {

    private static final Map<String, String> WITH_KEY = Map.of("SNORKY_BACKEND_KEY", "swordfish");

    @Test
    void what_is_left_out_has_a_default() {
        TodoOptions options = TodoArguments.parse(List.of(), WITH_KEY);

        assertThat(options).isEqualTo(TodoOptions.withKey("swordfish"));
        assertThat(options.host()).isEqualTo("127.0.0.1");
        assertThat(options.port()).isEqualTo(5003);
        assertThat(options.database()).isEqualTo("jdbc:h2:file:./data/todo");
        assertThat(options.snorkyBackend()).isEqualTo(URI.create("http://127.0.0.1:5002/backend"));
        assertThat(options.snorkyWebsocket()).isEqualTo(":5001/ws");
    }

    @Test
    void options_are_written_with_a_blank_or_an_equals_sign() {
        TodoOptions options =
                TodoArguments.parse(
                        List.of("--port", "0", "--database=jdbc:h2:mem:x", "--snorky-key", "other"),
                        WITH_KEY);

        assertThat(options.port()).isZero();
        assertThat(options.database()).isEqualTo("jdbc:h2:mem:x");
        assertThat(options.snorkyKey()).isEqualTo("other");
    }

    @Test
    void all_that_is_wrong_is_said_at_once() {
        List<String> arguments =
                List.of(
                        "--port=x",
                        "--database=x",
                        "--snorky-backend=x",
                        "--nonsense=1",
                        "--web=/x",
                        "--host");

        assertThatThrownBy(() -> TodoArguments.parse(arguments, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "--port: \"x\" (expected: 0 to 65535)",
                        "--database: \"x\"",
                        "--snorky-backend: \"x\"",
                        "--nonsense: unknown option",
                        "--web: \"/x\" (expected: a folder that holds index.html)",
                        "--host: no value",
                        "--snorky-key: missing");
    }

    @Test
    void the_key_is_never_written_out() {
        assertThat(TodoOptions.withKey("swordfish").toString()).doesNotContain("swordfish");
    }
}
