package io.snorky.sync;

import io.snorky.json.JsonException;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An object, frozen: the value at each place is that of the name there. No name is there twice.
 *
 * <p>Threads: immutable; nobody writes to the arrays once they are frozen.
 */
record Members(String[] names, @Nullable Object[] values) {

    static final Members NONE = new Members(new String[0], new @Nullable Object[0]);

    /**
     * The entries of a map, whose values are not frozen yet.
     *
     * @throws JsonException if its keys make no names, or the same twice
     */
    static Members of(Map<?, ?> map) {
        var names = new String[map.size()];
        var values = new @Nullable Object[names.length];
        boolean strings = true;
        int next = 0;
        for (var entry : map.entrySet()) {
            strings &= entry.getKey() instanceof String;
            names[next] = Json.name(entry.getKey());
            values[next++] = entry.getValue();
        }
        if (!strings) {
            check(names);
        }
        return new Members(names, values);
    }

    private static void check(String[] names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new JsonException(
                        "two keys of a map are both written \"%s\" (expected: different names)"
                                .formatted(name));
            }
        }
    }

    /** What is there, in its form; empty if nothing is or null. */
    Optional<Object> form(String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return Optional.ofNullable(Forms.of(values[i]));
            }
        }
        return Optional.empty();
    }

    int size() {
        return names.length;
    }
}
