package io.snorky.datasync;

import org.jspecify.annotations.Nullable;

/**
 * What is said with a delta to those who asked for it.
 *
 * @param tag of the subscription's item; null if it has none
 * @param offset whether its place in the log is told, to resume from there
 */
record Form(@Nullable String tag, boolean offset) {

    private static final Form PLAIN = new Form(null, false);
    private static final Form WITH_OFFSET = new Form(null, true);

    /** One that is shared, if there is no tag. */
    static Form of(@Nullable String tag, boolean offset) {
        if (tag != null) {
            return new Form(tag, offset);
        }
        return offset ? WITH_OFFSET : PLAIN;
    }
}
