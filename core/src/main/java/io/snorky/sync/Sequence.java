package io.snorky.sync;

import org.jspecify.annotations.Nullable;

/**
 * A list, frozen.
 *
 * <p>Threads: immutable; nobody writes to the array once it is here.
 */
record Sequence(@Nullable Object[] elements) {

    int size() {
        return elements.length;
    }
}
