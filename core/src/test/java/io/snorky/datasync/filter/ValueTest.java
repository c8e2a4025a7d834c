package io.snorky.datasync.filter;

import static io.snorky.testkit.Json.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.strings;

import io.snorky.json.ValueKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Objects;

class ValueTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static Value value(String json) {
        return Objects.requireNonNull(Value.of(json(json)));
    }

    private static int compare(String left, String right) {
        var one = (Value.Ordered) value(left);
        var other = (Value.Ordered) value(right);
        assertThat(other.compare(one)).isEqualTo(-one.compare(other));
        assertThat(one.equals(other)).isEqualTo(one.compare(other) == 0);
        return Integer.signum(one.compare(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 | 1.0",
                "1 | 10e-1",
                "0 | -0.0",
                "0 | 0e99999999999999999999999",
                "100 | 1e2",
                "-9223372036854775808 | -9223372036854775808.0",
                "9223372036854775808 | 9223372036854775808.0",
                "1e400 | 10e399",
                "1e1000000000 | 10e999999999",
                "1e1000000000 | 0.01e1000000002",
                "1e-1000000000 | 100e-1000000002",
                "1e999999999999999999 | 0.1e1000000000000000000",
                "1e99999999999999999999 | 0.1e100000000000000000000",
                "1e-99999999999999999999 | 10e-100000000000000000000",
                "1.5e+00000000000000000000000001 | 15",
                "0.0000000000000000000000000001e28 | 1",
                "[1,{'b':2.0,'a':'x'}] | [1.0,{'a':'x','b':2}]",
                "'a' | '\\u0061'",
            })
    void these_are_one_value(String one, String other) {
        assertThat(value(one)).isEqualTo(value(other)).hasSameHashCodeAs(value(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "true | 1",
                "false | 0",
                "null | 0",
                "null | false",
                "7 | '7'",
                "[] | {}",
                "'[' | []",
                "'n' | null",
                "'t' | true",
                "[1,2] | [2,1]",
                "[true] | [1]",
                "9007199254740993 | 9007199254740992",
                "9007199254740993 | 9007199254740992.0",
                "0.1 | 0.10000000000000001",
                "'\\u00e9' | 'e\\u0301'",
                "'A' | 'a'",
            })
    void these_are_two_values(String one, String other) {
        assertThat(value(one)).isNotEqualTo(value(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 | 2",
                "-2 | -1",
                "-1 | 0.5",
                "0.1 | 0.10000000000000001",
                "9007199254740992 | 9007199254740993",
                "9007199254740992.0 | 9007199254740992.5",
                "9007199254740992.5 | 9007199254740993",
                "9223372036854775807 | 9223372036854775807.5",
                "9223372036854775807 | 9223372036854775808",
                "-9223372036854775809 | -9223372036854775808",
                "1 | 1e1000000000",
                "-1e1000000000 | -9223372036854775808",
                "-1e1000000001 | -1e1000000000",
                "9e1000000000 | 1e1000000001",
                "1e1000000000 | 1.5e1000000000",
                "1e99999999999999999999 | 1e100000000000000000000",
                "1e-100000000000000000000 | 1e-99999999999999999999",
                "-1e-99999999999999999999 | 0",
                "0 | 1e-99999999999999999999",
                "-1e99999999999999999999 | -1e999",
                "1e999 | 1e99999999999999999999",
                "4e-324 | 1e-323",
                "'' | 'a'",
                "'a' | 'aa'",
                "'Z' | 'a'",
                "'10' | '9'",
                "'abcd' | 'abce'",
                "'z' | 'é'",
                "'\uffff' | '\ud83d\ude00'",
                "'\ud83d\ude00' | '\ud83d\ude01'",
                "'\ue000' | '\ud800\udc00'",
                "'\\ud800' | '\ue000'",
                "'\\ud800\ue000' | '\ud800\udc00'",
                "'\\udc00' | '\ud800\udc00'",
                "'aaaa\uffff' | 'aaaa\ud83d\ude00'",
                "'aaaa\\ud800\ue000' | 'aaaa\ud800\udc00'",
                "'\\ud800' | '\\ud800a'",
                "'\\ud800a' | '\ud800\udc00'",
            })
    void the_first_is_smaller(String smaller, String larger) {
        assertThat(compare(smaller, larger)).isEqualTo(-1);
    }

    @Test
    void huge_numbers_cost_nothing() {
        String digits = "9".repeat(1_000_000);

        assertThat(compare("1e" + digits, "2e" + digits)).isEqualTo(-1);
        assertThat(compare("1e" + digits, "0.1e1" + "0".repeat(1_000_000))).isZero();
        assertThat(compare(digits, digits + ".5")).isEqualTo(-1);
        var vast =
                (Value.Ordered)
                        Objects.requireNonNull(
                                Value.of(NODES.numberNode(new BigDecimal("1e2000000000"))));
        assertThat(vast.compare((Value.Ordered) value("1e2000000000"))).isZero();
    }

    @Test
    void numbers_compare_as_Java_compares_them() {
        qt().withExamples(20_000)
                .forAll(
                        integers().between(-30, 30),
                        integers().between(-22, 22),
                        integers().between(-30, 30),
                        integers().between(-22, 22))
                .checkAssert((one, scale, other, otherScale) -> {
                    var left = BigDecimal.valueOf(one, scale).add(BigDecimal.ONE);
                    var right = BigDecimal.valueOf(other, otherScale).add(BigDecimal.ONE);

                    assertThat(compare(left.toString(), right.toString()))
                            .isEqualTo(left.compareTo(right));
                });
    }

    @Test
    void strings_compare_as_their_code_points_do() {
        qt().withExamples(20_000)
                .forAll(
                        strings().betweenCodePoints(0xd7fe, 0x10002).ofLengthBetween(0, 6),
                        strings().betweenCodePoints(0xd7fe, 0x10002).ofLengthBetween(0, 6),
                        integers().between(0, 6))
                .checkAssert((left, right, shared) -> {
                    String other = left.substring(0, Math.min(shared, left.length())) + right;
                    var one = new Value.Text(left);
                    int expected =
                            Arrays.compare(
                                    left.codePoints().toArray(), other.codePoints().toArray());

                    assertThat(Integer.signum(one.compare(new Value.Text(other))))
                            .isEqualTo(Integer.signum(expected));
                });
    }

    @Test
    void numbers_of_embedded_applications_are_values_too() {
        assertThat(Value.of(NODES.numberNode(0.5f))).isEqualTo(value("0.5"));
        assertThat(Value.of(NODES.numberNode(0.1))).isEqualTo(value("0.1"));
        assertThat(Value.of(NODES.numberNode((short) 3))).isEqualTo(value("3"));
        assertThat(Value.of(NODES.numberNode(Double.NaN))).isNull();
        assertThat(Value.of(NODES.missingNode())).isNull();
    }

    @Test
    void identity_is_that_of_keys() {
        String[] texts = {
            "null",
            "true",
            "1",
            "1.0",
            "-0.0",
            "0",
            "1e3",
            "1000",
            "'1'",
            "''",
            "[]",
            "{}",
            "[[]]",
            "[1]",
            "[1.0]",
            "{'a':1,'b':2}",
            "{'b':2,'a':1}",
            "1e1000000000",
            "10e999999999"
        };
        for (String one : texts) {
            for (String other : texts) {
                JsonNode left = json(one);
                JsonNode right = json(other);

                assertThat(value(one).equals(value(other)))
                        .as(one + " " + other)
                        .isEqualTo(ValueKey.of(left).equals(ValueKey.of(right)));
            }
        }
    }
}
