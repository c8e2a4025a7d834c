package io.snorky.testkit;

import io.snorky.json.ValueKey;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.TreeSet;

/** The first place in which one JSON value is not what was expected. */
final class Difference {

    private final boolean mayHaveMore;

    private Difference(boolean mayHaveMore) {
        this.mayHaveMore = mayHaveMore;
    }

    /** Null if the values are equal, as Snorky compares them. */
    static @Nullable String between(JsonNode actual, JsonNode expected) {
        return new Difference(false).find("", actual, expected);
    }

    /** Null if the value is as expected, apart from members of objects that are not. */
    static @Nullable String like(JsonNode actual, JsonNode expected) {
        return new Difference(true).find("", actual, expected);
    }

    private @Nullable String find(String path, JsonNode actual, JsonNode expected) {
        if (actual.isObject() && expected.isObject()) {
            return inObjects(path, actual, expected);
        }
        if (actual.isArray() && expected.isArray()) {
            return inArrays(path, actual, expected);
        }
        if (ValueKey.of(actual).equals(ValueKey.of(expected))) {
            return null;
        }
        return at(path) + Json.text(actual) + " (expected: " + Json.text(expected) + ")";
    }

    private @Nullable String inObjects(String path, JsonNode actual, JsonNode expected) {
        var names = new TreeSet<>(expected.propertyNames());
        if (!mayHaveMore) {
            names.addAll(actual.propertyNames());
        }
        for (String name : names) {
            String member = path.isEmpty() ? name : path + "." + name;
            JsonNode is = actual.get(name);
            JsonNode should = expected.get(name);
            if (is == null || should == null) {
                return is == null
                        ? at(member) + "missing (expected: " + Json.text(expected.get(name)) + ")"
                        : at(member) + Json.text(is) + " (expected: no such member)";
            }
            String difference = find(member, is, should);
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private @Nullable String inArrays(String path, JsonNode actual, JsonNode expected) {
        int common = Math.min(actual.size(), expected.size());
        for (int i = 0; i < common; i++) {
            String difference = find(path + "[" + i + "]", actual.get(i), expected.get(i));
            if (difference != null) {
                return difference;
            }
        }
        return actual.size() == expected.size()
                ? null
                : at(path) + actual.size() + " elements (expected: " + expected.size() + ")";
    }

    private static String at(String path) {
        return path.isEmpty() ? "" : path + ": ";
    }
}
