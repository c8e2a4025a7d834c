package io.snorky.sync;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Finds what is inside a value: in lists, sets, arrays, maps, optionals and the components of
 * records. What JSON has become has no circles.
 *
 * <p>Threads: any number at a time.
 */
final class ValueWalk {

    private final ClassValue<Boolean> found;

    /** The accessors of a record, none of another class. */
    private final ClassValue<Method[]> accessors =
            new ClassValue<>() {
                @Override
                protected Method[] computeValue(Class<?> type) {
                    return accessorsOf(type);
                }
            };

    /**
     * @param sought asked once for each class that is not of the platform
     */
    ValueWalk(Predicate<Class<?>> sought) {
        found =
                new ClassValue<>() {
                    @Override
                    protected Boolean computeValue(Class<?> type) {
                        return !type.isEnum()
                                && !type.getName().startsWith("java.")
                                && !JsonNode.class.isAssignableFrom(type)
                                && sought.test(type);
                    }
                };
    }

    private static Method[] accessorsOf(Class<?> type) {
        if (!type.isRecord()) {
            return new Method[0];
        }
        RecordComponent[] components = type.getRecordComponents();
        var accessors = new Method[components.length];
        for (int i = 0; i < accessors.length; i++) {
            accessors[i] = components[i].getAccessor();
            if (!accessors[i].trySetAccessible()) {
                return new Method[0]; // Jackson could not either
            }
        }
        return accessors;
    }

    /**
     * @param path of the value
     * @param visitor of what is sought, and its path
     */
    void through(String path, @Nullable Object value, BiConsumer<String, Object> visitor) {
        switch (value) {
            case null -> {}
            case Iterable<?> elements when !(value instanceof JsonNode) -> {
                int i = 0;
                for (Object element : elements) {
                    through(path + "[" + i++ + "]", element, visitor);
                }
            }
            case Object[] elements -> {
                for (int i = 0; i < elements.length; i++) {
                    through(path + "[" + i + "]", elements[i], visitor);
                }
            }
            case Map<?, ?> entries ->
                    entries.forEach((key, each) -> through(path + "[" + key + "]", each, visitor));
            case Optional<?> maybe -> through(path, maybe.orElse(null), visitor);
            default -> ofObject(path, value, visitor);
        }
    }

    private void ofObject(String path, Object value, BiConsumer<String, Object> visitor) {
        if (found.get(value.getClass())) {
            visitor.accept(path, value);
        }
        for (Method accessor : accessors.get(value.getClass())) {
            through(path + "." + accessor.getName(), member(value, accessor), visitor);
        }
    }

    private static @Nullable Object member(Object value, Method accessor) {
        try {
            return accessor.invoke(value);
        } catch (InvocationTargetException | IllegalAccessException e) {
            throw Failures.unwrapped(e);
        }
    }
}
