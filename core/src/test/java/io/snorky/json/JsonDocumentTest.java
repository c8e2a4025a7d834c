package io.snorky.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;
import static org.quicktheories.generators.SourceDSL.strings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

class JsonDocumentTest {

    private static final JsonMapper JACKSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private static final String SAMPLE =
            "{\"service\": \"rpc\","
                    + " \"message\":{\"params\":{\"a\":[1,-2.5e3,true,null,\"x\\u00e9\\n\"],"
                    + "\"b\":{}},\"command\":\"sum\",\"callId\":[]}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[",
                "]",
                "[1,]",
                "[,1]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{1:1}",
                "'a'",
                "\"a",
                "\"a\n\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\\u12",
                "01",
                "-",
                "+1",
                "1.",
                ".1",
                "1e",
                "1e+",
                "NaN",
                "Infinity",
                "tru",
                "truex",
                "nul",
                "1 2",
                "[1}",
                "{\"a\":1]",
                "// x\n1",
                "\ufeff1",
                "[1] x",
                "{} {}",
                "\"\u0000\"",
                "-01"
            })
    void what_is_no_JSON_is_refused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(JsonException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "-0.0",
                "1",
                "1.50",
                "1e5",
                "1E-7",
                "123456789012345678901234567890",
                "\"\"",
                "\"a\\\"b\\\\c\\/d\\b\\f\\n\\r\\t\"",
                "\"\\ud83d\\ude00\"",
                "\"é€😀\"",
                "[]",
                "{}",
                " [ 1 , [ ] , { } ] ",
                "{\"a\":{\"b\":[{\"c\":null}]}}",
                "true",
                "false",
                "null",
                "{\"a\":1,\"a\":2}",
                "\"\\u0000\"",
                "[[[[[[]]]]]]",
                "{\"\":0}"
            })
    void what_is_JSON_is_read_as_others_read_it(String text) {
        assertThat(ValueKey.of(read(text).tree(JsonDocument.ROOT)))
                .isEqualTo(ValueKey.of(JACKSON.readTree(text)));
    }

    @Test
    void it_agrees_with_Jackson_on_damaged_texts() {
        qt().withExamples(20_000)
                .forAll(integers().between(0, SAMPLE.length() - 1), integers().between(32, 126))
                .checkAssert((at, with) -> {
                    var damaged = new StringBuilder(SAMPLE);
                    damaged.setCharAt(at, (char) with.intValue());

                    assertThat(accepts(damaged.toString()))
                            .as(damaged.toString())
                            .isEqualTo(jacksonAccepts(damaged.toString()));
                });
    }

    @Test
    void it_agrees_with_Jackson_on_any_strings() {
        qt().forAll(lists().of(strings().allPossible().ofLengthBetween(0, 30)).ofSizeBetween(0, 5))
                .checkAssert(strings -> {
                    byte[] text = new JsonWriter().value(strings).toBytes();

                    var document = new JsonDocument();
                    document.read(text, 0, text.length, 512);

                    JsonNode tree = document.tree(JsonDocument.ROOT);
                    assertThat(List.copyOf(tree.valueStream().map(JsonNode::stringValue).toList()))
                            .isEqualTo(strings);
                });
    }

    @Test
    void bytes_that_are_not_UTF_8_are_refused_wherever_they_are() {
        byte[][] bad = {
            {(byte) 0x80},
            {(byte) 0xc0, (byte) 0xaf},
            {(byte) 0xc2},
            {(byte) 0xe0, (byte) 0x80, (byte) 0x80},
            {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            {(byte) 0xf0, (byte) 0x80, (byte) 0x80, (byte) 0x80},
            {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            {(byte) 0xff},
            {(byte) 0xf5}
        };
        for (byte[] bytes : bad) {
            byte[] text = new byte[bytes.length + 2];
            text[0] = '"';
            System.arraycopy(bytes, 0, text, 1, bytes.length);
            text[text.length - 1] = '"';

            assertThatThrownBy(() -> new JsonDocument().read(text, 0, text.length, 512))
                    .isInstanceOf(JsonException.class);
            assertThat(Utf8.isValid(text, 0, text.length)).isFalse();
        }
    }

    @Test
    void UTF_8_is_told_from_other_bytes_as_the_platform_does() {
        var random = new Random(42);
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) (random.nextBoolean() ? 'a' : 0x80 + random.nextInt(128));
            }
            boolean platform =
                    java.util.Arrays.equals(
                            bytes,
                            new String(bytes, StandardCharsets.UTF_8)
                                    .getBytes(StandardCharsets.UTF_8));

            assertThat(Utf8.isValid(bytes, 0, bytes.length)).isEqualTo(platform);
        }
    }

    @Test
    void nesting_is_bounded_and_costs_no_stack() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);

        assertThatThrownBy(() -> read(deep)).hasMessageContaining("nested deeper than 512 levels");

        byte[] text = deep.getBytes(StandardCharsets.UTF_8);
        var document = new JsonDocument();
        document.read(text, 0, text.length, 100_000);
        assertThat(document.tree(JsonDocument.ROOT).isArray()).isTrue();
    }

    @Test
    void members_are_found_by_name_the_last_of_equal_ones_and_escaped_ones_too() {
        var document = read("{\"a\":1,\"\\u0061\":2,\"b\":{\"a\":3}}");

        int found = document.member(JsonDocument.ROOT, new JsonName("a"));

        assertThat(document.smallInteger(found)).isEqualTo(2);
        assertThat(document.member(JsonDocument.ROOT, new JsonName("c")))
                .isEqualTo(JsonDocument.NONE);
    }

    @Test
    void a_document_is_read_again_and_again() {
        var document = new JsonDocument();
        for (String text : List.of("[1,[2,{\"a\":3}]]", "\"x\"", "{\"b\":[]}", "17")) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            document.read(bytes, 0, bytes.length, 512);

            assertThat(
                            new String(
                                    new JsonWriter().value(document.tree(0)).toBytes(),
                                    StandardCharsets.UTF_8))
                    .isEqualTo(text);
            assertThat(document.copy(JsonDocument.ROOT)).isEqualTo(bytes);
        }
    }

    private static JsonDocument read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var document = new JsonDocument();
        document.read(bytes, 0, bytes.length, 512);
        return document;
    }

    private static boolean accepts(String text) {
        try {
            read(text);
            return true;
        } catch (JsonException e) {
            return false;
        }
    }

    private static boolean jacksonAccepts(String text) {
        try {
            return !JACKSON.readTree(text).isMissingNode();
        } catch (JacksonException e) {
            return false;
        }
    }
}
