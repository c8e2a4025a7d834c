package io.snorky.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

class JsonWriterTest {

    record Quote(String symbol, double price, List<Integer> volumes) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "-0.0",
                "0.1",
                "1.0",
                "123456789012345678901234567890",
                "-9223372036854775808",
                "1e99999999999",
                "-1e-1000000000000",
                "[1,[2],{\"a\":{}}]",
                "\"\\ud800\"",
                "\"😀\"",
                "\"\\u0000\\u001f\\\"\\\\\\n\"",
                "{\"b\":1,\"a\":2}",
                "true",
                "null"
            })
    void what_was_read_is_written_as_it_came(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var document = new JsonDocument();
        document.read(bytes, 0, bytes.length, 512);

        assertThat(written(document.tree(JsonDocument.ROOT))).isEqualTo(text);
    }

    @Test
    void numbers_of_any_magnitude_keep_their_exact_value() {
        byte[] bytes =
                "[1e999,1.50,1E-7,12345678901234567890.123456789]".getBytes(StandardCharsets.UTF_8);
        var document = new JsonDocument();
        document.read(bytes, 0, bytes.length, 512);

        assertThat(written(document.tree(JsonDocument.ROOT)))
                .isEqualTo("[1E+999,1.50,1E-7,12345678901234567890.123456789]");
    }

    @Test
    void an_integer_of_a_million_digits_costs_no_more_than_its_text() {
        String digits = "7".repeat(1_000_000);
        byte[] bytes = digits.getBytes(StandardCharsets.UTF_8);
        var document = new JsonDocument();
        document.read(bytes, 0, bytes.length, 512);

        assertThat(written(document.tree(JsonDocument.ROOT))).isEqualTo(digits);
    }

    @Test
    void Java_values_become_JSON() {
        assertThat(written(new Quote("ABC", 1.5, List.of(1, 2))))
                .isEqualTo("{\"symbol\":\"ABC\",\"price\":1.5,\"volumes\":[1,2]}");
        assertThat(written(Map.of("a", List.of("b")))).isEqualTo("{\"a\":[\"b\"]}");
        assertThat(written(null)).isEqualTo("null");
        assertThat(written(7L)).isEqualTo("7");
    }

    @Test
    void what_JSON_cannot_say_is_refused() {
        assertThatThrownBy(() -> written(Double.NaN)).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> written(new Quote("A", Double.POSITIVE_INFINITY, List.of())))
                .isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> written(new Object())).isInstanceOf(JsonException.class);
    }

    private static String written(@Nullable Object value) {
        return new String(new JsonWriter(1).value(value).toBytes(), StandardCharsets.UTF_8);
    }
}
