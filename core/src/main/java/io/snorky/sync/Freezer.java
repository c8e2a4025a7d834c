package io.snorky.sync;

import io.snorky.json.JsonException;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Freezes values: what never changes stays as it is, what may is copied, in as many references as
 * it holds, and what is unknown is written out by Jackson.
 *
 * <p>A frozen value that is the very one that was frozen never changes, and so does one that is
 * told as the source of a {@link Sequence}: it need not be looked into when it comes again. What
 * has not changed since is the very one frozen then.
 *
 * <p>Threads: plain functions. Nobody may change what is being frozen.
 */
@SuppressWarnings("ReferenceEquality") // which is asked first, because it costs nothing
final class Freezer {

    /** Levels of values inside each other. */
    private static final int MAX_NESTING = 500;

    private Freezer() {}

    /**
     * @param before what the value was when it was frozen the last time, or anything
     * @throws JsonException if it cannot be said in JSON
     */
    static @Nullable Object freeze(@Nullable Object value, @Nullable Object before) {
        return freeze(value, before, 0);
    }

    private static @Nullable Object freeze(
            @Nullable Object value, @Nullable Object before, int depth) {
        if (value == null) {
            return null;
        }
        if (Sequence.isFrozen(before, value)) {
            return before;
        }
        if (depth > MAX_NESTING) {
            throw new JsonException(
                    "a value of %s is nested too deeply (expected: at most %d levels, no cycles)"
                            .formatted(value.getClass(), MAX_NESTING));
        }
        return switch (Kind.of(value.getClass())) {
            case Kind.Simple.LEAF -> {
                if (value instanceof Number number) {
                    Json.checkNumber(number);
                }
                yield value;
            }
            case Kind.Transparent(RecordShape shape) -> ofRecord(value, shape, before, depth);
            case Kind.Elements(boolean immutable) -> {
                var elements = ((Collection<?>) value).toArray();
                yield elements(elements, immutable ? value : null, before, depth);
            }
            case Kind.Simple.ARRAY -> elements(array(value), null, before, depth);
            case Kind.Entries(boolean immutable) -> {
                Members members = Members.of((Map<?, ?>) value);
                yield members(members, immutable ? value : null, before, depth);
            }
            case Kind.Simple.MAYBE -> freeze(((Optional<?>) value).orElse(null), before, depth);
            case Kind.Simple.UNKNOWN -> {
                JsonNode tree = Json.copy(value);
                yield tree.equals(before) ? before : tree;
            }
        };
    }

    private static @Nullable Object[] array(Object array) {
        var elements = new @Nullable Object[Array.getLength(array)];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = Array.get(array, i);
        }
        return elements;
    }

    private static @Nullable Object ofRecord(
            Object value, RecordShape shape, @Nullable Object before, int depth) {
        if (shape.immutable()) {
            return value;
        }
        var members = new Members(shape.names(), shape.values(value));
        return members(members, value, before, depth);
    }

    /**
     * @param elements become the frozen ones
     * @param source what is them for ever, if they are so themselves
     */
    private static Object elements(
            @Nullable Object[] elements,
            @Nullable Object source,
            @Nullable Object before,
            int depth) {
        @Nullable Object[] earlier =
                Forms.of(before) instanceof Sequence s ? s.elements() : NOTHING;
        int shift = earlier.length - elements.length;
        boolean frozen = true;
        boolean same = shift == 0;
        for (int i = 0; i < elements.length; i++) {
            Object element = elements[i];
            if (i < earlier.length && element == earlier[i]) {
                continue;
            }
            if (i + shift >= 0 && element == earlier[i + shift]) {
                same = false;
                continue;
            }
            Object hint = i < earlier.length ? earlier[i] : null;
            Object result = freeze(element, hint, depth + 1);
            frozen &= Sequence.isFrozen(result, element);
            same &= result == hint;
            elements[i] = result;
        }
        Object lasting = frozen ? source : null;
        if (same && before instanceof Sequence list) {
            return lasting == null ? list : new Sequence(list.elements(), lasting);
        }
        return new Sequence(elements, lasting);
    }

    private static Object members(
            Members members, @Nullable Object source, @Nullable Object before, int depth) {
        Members earlier = before instanceof Members m ? m : Members.NONE;
        @Nullable Object[] values = members.values();
        boolean frozen = true;
        boolean same = earlier.size() == members.size();
        for (int i = 0; i < values.length; i++) {
            boolean known = i < earlier.size() && earlier.names()[i].equals(members.names()[i]);
            Object hint = known ? earlier.values()[i] : null;
            Object result = freeze(values[i], hint, depth + 1);
            frozen &= Sequence.isFrozen(result, values[i]);
            same &= known && result == hint;
            values[i] = result;
        }
        if (same && before instanceof Members) {
            return before;
        }
        return frozen && source != null ? source : members;
    }

    private static final @Nullable Object[] NOTHING = {};
}
