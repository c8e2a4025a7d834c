package io.snorky.server.oracle;

import org.jspecify.annotations.Nullable;

/**
 * From where a subscription can be resumed: the last offset up to which all its deltas have surely
 * come. Others with the offset of the newest one may follow.
 */
final class ResumeOffset {

    private @Nullable String sure;
    private @Nullable String newest;

    @Nullable String value() {
        return sure;
    }

    /** Nothing is known. */
    void forget() {
        sure = null;
        newest = null;
    }

    /** A delta with this offset has come. */
    void passed(String offset) {
        if (!offset.equals(newest)) {
            sure = newest == null ? sure : newest;
            newest = offset;
        }
    }

    /** Everything up to this offset has come. */
    void reached(String offset) {
        sure = offset;
        newest = null;
    }
}
