package io.snorky.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

class ValueKeyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "41 | 41.0",
                "41 | 4.1e1",
                "0 | -0.0",
                "100 | 1e2",
                "0 | 0e99999",
                "{\"a\":1,\"b\":2} | {\"b\":2.0,\"a\":1}",
                "[1,[2]] | [1.0,[2e0]]",
                "\"\\u0061\" | \"a\"",
                "1e99999999999 | 10e99999999998",
                "0e99999999999 | 0",
                "1e100000 | 0.1e100001"
            })
    void equal_values_are_one_key(String left, String right) {
        assertThat(key(left)).isEqualTo(key(right));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "true | 1",
                "false | 0",
                "\"7\" | 7",
                "null | 0",
                "null | \"\"",
                "[] | {}",
                "[1,2] | [2,1]",
                "\"a\" | \"A\"",
                "9007199254740993 | 9007199254740992",
                "{} | null",
                "[true] | [1]",
                "1e99999999999 | 1e99999999998",
                "[\"a\",\"b\"] | [\"a,b\"]",
                "[[1],2] | [1,[2]]",
                "[12] | [1,2]",
                "\"[\" | []",
                "{\"a\":1} | {\"a\":2}",
                "[\"1:a\"] | [\"a\"]",
                "-1 | 1"
            })
    void different_values_are_different_keys(String left, String right) {
        assertThat(key(left)).isNotEqualTo(key(right));
    }

    @Test
    void composed_and_decomposed_letters_differ() {
        assertThat(key("\"\\u00e9\"")).isNotEqualTo(key("\"e\\u0301\""));
    }

    private static ValueKey key(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        var document = new JsonDocument();
        document.read(bytes, 0, bytes.length, 512);
        return ValueKey.of(document.tree(JsonDocument.ROOT));
    }
}
