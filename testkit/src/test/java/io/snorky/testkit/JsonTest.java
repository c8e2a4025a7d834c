package io.snorky.testkit;

import static io.snorky.testkit.Json.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'a' | \"a\"",
                "\"it's\" | \"it's\"",
                "'it\\'s' | \"it's\"",
                "'say \"hi\"' | \"say \\\"hi\\\"\"",
                "'\\u0041\\n' | \"A\\n\"",
                "{'a': [1.50, true, null]} | {\"a\":[1.50,true,null]}"
            })
    void strings_may_stand_in_single_quotes(String lenient, String strict) {
        assertThat(json(lenient)).isEqualTo(json(strict));
    }

    @Test
    void what_is_no_JSON_is_shown() {
        assertThatThrownBy(() -> json("{'a':}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("json: {'a':} (expected: JSON, strings also in single");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "same",
            value = {
                "1 | 1.0 | same",
                "1 | true | 1 (expected: true)",
                "{'a':1,'b':2} | {'b':2,'a':1} | same",
                "{'a':{'b':[0,'x']}} | {'a':{'b':[0,'y']}} | a.b[1]: 'x' (expected: 'y')",
                "{'a':1} | {'a':1,'b':null} | b: missing (expected: null)",
                "{'a':1,'b':null} | {'a':1} | b: null (expected: no such member)",
                "[1,2] | [1] | 2 elements (expected: 1)",
                "{} | [] | {} (expected: [])",
            })
    void the_first_difference_is_named(String actual, String expected, String difference) {
        assertThat(Difference.between(json(actual), json(expected))).isEqualTo(difference);
    }

    @Test
    void what_is_like_may_have_more_members() {
        var actual = json("{'a':{'b':1,'c':2},'d':3}");

        assertThat(Difference.like(actual, json("{'a':{'b':1}}"))).isNull();
        assertThat(Difference.like(actual, json("{'a':{'x':1}}")))
                .isEqualTo("a.x: missing (expected: 1)");
    }
}
