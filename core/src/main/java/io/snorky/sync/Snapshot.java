package io.snorky.sync;

import io.snorky.json.JsonException;
import io.snorky.json.JsonWriter;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a synced object at one moment: its chosen attributes, by their names on the wire.
 *
 * <p>Taking one copies references and writes nothing. Values that never change are kept as they
 * are: strings, numbers, booleans, enums, times, {@link JsonNode}s (which nobody may change), lists
 * and maps made by {@code List.of} and the like, and records of such values. Other lists, sets,
 * maps and arrays are copied as far as they may change, and so are records that hold some. What is
 * none of these is written out by Jackson, which costs time and memory in its size.
 *
 * <p>Threads: immutable. While one is taken, nobody may change the values.
 */
final class Snapshot {

    private final Members state;

    private Snapshot(Members state) {
        this.state = state;
    }

    /**
     * @param names all different
     * @param values one for each name
     * @throws JsonException if a value cannot be said in JSON; it may also show only when it is
     *     written
     */
    static Snapshot of(List<String> names, @Nullable Object[] values) {
        return of(names.toArray(String[]::new), values, new @Nullable Object[values.length]);
    }

    private static Snapshot of(
            String[] names, @Nullable Object[] values, @Nullable Object[] before) {
        if (values.length != names.length) {
            throw new IllegalArgumentException(
                    "%d values (expected: %d, one for each of %s)"
                            .formatted(values.length, names.length, List.of(names)));
        }
        var frozen = new @Nullable Object[values.length];
        for (int i = 0; i < frozen.length; i++) {
            try {
                frozen[i] = Freezer.freeze(values[i], before[i]);
            } catch (JsonException e) {
                throw new JsonException("attribute \"" + names[i] + "\": " + e.getMessage());
            }
        }
        return new Snapshot(new Members(names, frozen));
    }

    /**
     * The same attributes some time later. Costs less than to begin anew: what is still there is
     * not looked into again.
     *
     * @param values one for each name
     * @throws JsonException as {@link #of}
     */
    Snapshot next(@Nullable Object[] values) {
        return of(state.names(), values, state.values());
    }

    /**
     * The same with other values for some attributes: what a client has after it changed them.
     *
     * @throws IllegalArgumentException if there is no such attribute
     */
    Snapshot with(Map<String, JsonNode> changes) {
        List<String> names = names();
        @Nullable Object[] values = state.values().clone();
        changes.forEach((name, value) -> {
            int at = names.indexOf(name);
            if (at < 0) {
                throw new IllegalArgumentException(
                        "no attribute \"%s\" (expected: one of %s)".formatted(name, names));
            }
            values[at] = Untouched.frozen(value);
        });
        return new Snapshot(new Members(state.names(), values));
    }

    List<String> names() {
        return List.of(state.names());
    }

    Members state() {
        return state;
    }

    /**
     * Writes the state as one object. Costs time in its size.
     *
     * @throws JsonException if a value cannot be said in JSON
     */
    void write(JsonWriter out) {
        for (int i = 0; i < state.size(); i++) {
            out.raw(i == 0 ? "{" : ",").string(state.names()[i]).raw(":");
            try {
                Forms.write(state.values()[i], out);
            } catch (JsonException e) {
                throw new JsonException(
                        "attribute \"" + state.names()[i] + "\": " + e.getMessage());
            }
        }
        out.raw(state.size() == 0 ? "{}" : "}");
    }

    /**
     * The state as one object.
     *
     * @throws JsonException if a value cannot be said in JSON
     */
    JsonNode toJson() {
        return Forms.toJson(state);
    }

    /** Whether there is a list at a path, or nobody knows as the path leads nowhere. */
    boolean mayHaveList(List<String> path) {
        Object form = state;
        for (String segment : path) {
            Optional<Object> next =
                    switch (form) {
                        case Members members -> members.form(segment);
                        case Sequence sequence -> sequence.form(segment);
                        default -> Optional.empty();
                    };
            if (next.isEmpty()) {
                return true;
            }
            form = next.get();
        }
        return form instanceof Sequence;
    }

    /**
     * The same of some attributes only; others than there are do not count. Records in lists are
     * only wrapped, see {@link Untouched}.
     */
    JsonNode toJson(Collection<String> names) {
        var object = Json.MAPPER.createObjectNode();
        for (int i = 0; i < state.size(); i++) {
            if (names.contains(state.names()[i])) {
                object.set(state.names()[i], Untouched.wrapped(state.values()[i]));
            }
        }
        return object;
    }
}
