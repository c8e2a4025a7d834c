package io.snorky.sync;

import org.jspecify.annotations.Nullable;

/**
 * One attribute of a class of synced objects.
 *
 * @param name on the wire
 * @param setter null if browsers only read it
 * @param byContent whether the setter changes what is in a collection or map, which stays the same
 */
record Attribute(
        String name, DeclaredType type, Getter getter, @Nullable Setter setter, boolean byContent) {

    /** Reads it. */
    @FunctionalInterface
    interface Getter {
        @Nullable Object get(Object target) throws ReflectiveOperationException;
    }

    /** Writes it. */
    @FunctionalInterface
    interface Setter {
        void set(Object target, @Nullable Object value) throws ReflectiveOperationException;
    }

    boolean isReadOnly() {
        return setter == null;
    }

    /** What a getter of the application throws is the caller's. */
    @Nullable Object read(Object target) {
        try {
            return getter.get(target);
        } catch (ReflectiveOperationException e) {
            throw Failures.unwrapped(e);
        }
    }

    /** What {@link #write} takes to undo a later write. */
    @Nullable Object saved(Object target) {
        Object value = read(target);
        return byContent ? Content.saved(value) : value;
    }

    /** Writes it. A collection that cannot be changed stays as it is. */
    void write(Object target, @Nullable Object value) {
        if (setter == null) {
            return;
        }
        try {
            setter.set(target, value);
        } catch (UnsupportedOperationException e) {
            if (!byContent) {
                throw e;
            }
        } catch (ReflectiveOperationException e) {
            throw Failures.unwrapped(e);
        }
    }
}
