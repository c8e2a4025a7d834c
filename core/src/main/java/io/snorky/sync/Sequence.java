package io.snorky.sync;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * A list, frozen.
 *
 * <p>Threads: immutable; nobody writes to the array once it is here.
 */
record Sequence(@Nullable Object[] elements) {

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
