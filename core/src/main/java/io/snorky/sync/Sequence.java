package io.snorky.sync;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * A list, frozen.
 *
 * @param source the list itself if it never changes, so that it is known again without a look
 *     inside; null if it may
 *     <p>Threads: immutable; nobody writes to the array once it is here.
 */
@SuppressWarnings("ReferenceEquality") // equal lists need not be the same one
record Sequence(@Nullable Object[] elements, @Nullable Object source) {

    Sequence(@Nullable Object[] elements) {
        this(elements, null);
    }

    /** Whether this is what was frozen, or all of it. */
    static boolean isFrozen(@Nullable Object result, @Nullable Object value) {
        return result == value
                || value != null && result instanceof Sequence list && list.source == value;
    }

    /** What is at an index in decimal, in its form; empty if nothing is or null. */
    Optional<Object> form(String index) {
        try {
            int at = Integer.parseInt(index);
            return at >= 0 && at < elements.length
                    ? Optional.ofNullable(Forms.of(elements[at]))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    int size() {
        return elements.length;
    }
}
