package io.snorky.sync;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.lang.reflect.Method;

/**
 * One attribute of a class of synced objects.
 *
 * @param name on the wire
 * @param setter null if browsers only read it
 * @param writer the method that the setter calls, null if it calls none
 * @param byContent whether the setter changes what is in a collection or map, which stays the same
 */
record Attribute(
        String name,
        DeclaredType type,
        Getter getter,
        @Nullable Setter setter,
        @Nullable Method writer,
        boolean byContent) {

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

    /** A value from JSON, which fits the type and its constraints. */
    @Nullable Object take(Object target, JsonNode value) throws Refusal {
        Object taken = type.read(name, value);
        Validation.PRESENT.checkAttribute(target, this, taken);
        return taken;
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
