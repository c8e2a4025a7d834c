package io.snorky.sync;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a class of values is to us, found once for each class.
 *
 * <p>Threads: immutable.
 */
sealed interface Kind {

    /** Kinds that need no saying more. */
    enum Simple implements Kind {
        /** Never changes, and holds nothing that does. */
        LEAF,
        /** An array of Java, except of bytes and of characters. */
        ARRAY,
        /** Perhaps a value. */
        MAYBE,
        /** What only Jackson knows. */
        UNKNOWN
    }

    /** A record, whose members are told by its shape. */
    record Transparent(RecordShape shape) implements Kind {}

    /**
     * @param immutable whether its elements are always the same ones
     */
    record Elements(boolean immutable) implements Kind {}

    /**
     * @param immutable whether its entries are always the same ones
     */
    record Entries(boolean immutable) implements Kind {}

    Set<Class<?>> LEAVES =
            Set.of(
                    String.class,
                    Boolean.class,
                    Character.class,
                    Byte.class,
                    Short.class,
                    Integer.class,
                    Long.class,
                    Float.class,
                    Double.class,
                    BigInteger.class,
                    BigDecimal.class,
                    UUID.class,
                    URI.class,
                    Locale.class,
                    Currency.class);

    Set<Class<?>> IMMUTABLE_COLLECTIONS =
            Set.of(
                    List.of().getClass(),
                    List.of(1).getClass(),
                    Set.of().getClass(),
                    Set.of(1).getClass());

    Set<Class<?>> IMMUTABLE_MAPS = Set.of(Map.of().getClass(), Map.of(1, 1).getClass());

    ClassValue<Kind> KINDS =
            new ClassValue<>() {
                @Override
                protected Kind computeValue(Class<?> type) {
                    return find(type);
                }
            };

    static Kind of(Class<?> type) {
        return KINDS.get(type);
    }

    private static Kind find(Class<?> type) {
        if (LEAVES.contains(type) || isEnum(type) || JsonNode.class.isAssignableFrom(type)) {
            return Simple.LEAF;
        }
        if (type.getPackageName().startsWith("java.time")) {
            return type.isInterface() ? Simple.UNKNOWN : Simple.LEAF;
        }
        if (type == Optional.class) {
            return Simple.MAYBE;
        }
        if (type.isRecord()) {
            return ofRecord(RecordShape.of(type).orElse(null));
        }
        if (type.isArray()) {
            Class<?> of = type.getComponentType();
            return of == byte.class || of == char.class ? Simple.UNKNOWN : Simple.ARRAY;
        }
        return ofContainer(type);
    }

    private static boolean isEnum(Class<?> type) {
        return Enum.class.isAssignableFrom(type) && type != Enum.class;
    }

    private static Kind ofRecord(@Nullable RecordShape shape) {
        return shape == null ? Simple.UNKNOWN : new Transparent(shape);
    }

    private static Kind ofContainer(Class<?> type) {
        if (Collection.class.isAssignableFrom(type) && isPlain(type)) {
            return new Elements(IMMUTABLE_COLLECTIONS.contains(type));
        }
        if (Map.class.isAssignableFrom(type) && isPlain(type)) {
            return new Entries(IMMUTABLE_MAPS.contains(type));
        }
        return Simple.UNKNOWN;
    }

    /** Whether no annotation of Jackson says how it is written. */
    private static boolean isPlain(Class<?> type) {
        for (var annotation : type.getAnnotations()) {
            if (annotation.annotationType().getPackageName().startsWith("com.fasterxml.jackson")) {
                return false;
            }
        }
        return true;
    }
}
