package io.snorky.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.lists;
import static org.quicktheories.generators.SourceDSL.strings;

import org.junit.jupiter.api.Test;
import org.quicktheories.core.Gen;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

class JsonNamesTest {

    private static final Gen<String> TEXTS =
            strings()
                    .allPossible()
                    .ofLengthBetween(0, 40)
                    .map(text -> text.replaceAll("[\\ud800-\\udfff]", "?"));
    private static final Gen<String> SHORT =
            strings().betweenCodePoints('a', 'c').ofLengthBetween(0, 3);

    private static String found(Map<String, String> values, String name) {
        var document = new JsonDocument();
        byte[] text = new JsonWriter().string(name).toBytes();
        document.read(text, 0, text.length, 1);
        return String.valueOf(new JsonNames<>(values).get(document, JsonDocument.ROOT));
    }

    private static Map<String, String> valuesOf(List<String> names) {
        Map<String, String> values = new HashMap<>();
        names.forEach(name -> values.put(name, "value of " + name));
        return values;
    }

    @Test
    void each_name_finds_its_value() {
        qt().forAll(lists().of(TEXTS).ofSizeBetween(1, 50))
                .checkAssert(names -> {
                    Map<String, String> values = valuesOf(names);
                    names.forEach(
                            name -> assertThat(found(values, name)).isEqualTo("value of " + name));
                });
    }

    @Test
    void what_is_no_name_finds_nothing() {
        qt().forAll(lists().of(SHORT).ofSizeBetween(0, 10), SHORT)
                .assuming((names, other) -> !names.contains(other))
                .checkAssert((names, other) ->
                        assertThat(found(valuesOf(names), other)).isEqualTo("null"));
    }

    @Test
    void names_that_differ_late_are_told_apart() {
        String begin = "x".repeat(100);

        assertThat(found(valuesOf(List.of(begin + "a", begin + "b")), begin + "b"))
                .isEqualTo("value of " + begin + "b");
    }
}
