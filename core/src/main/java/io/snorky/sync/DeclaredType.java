package io.snorky.sync;

import io.snorky.json.StrictJson;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A declared type, and how JSON becomes it.
 *
 * @param nullable whether null will do
 * @param declaration what has the type
 * @param use the type where it stands, with its annotations
 */
record DeclaredType(
        Type type,
        ObjectReader reader,
        boolean nullable,
        AnnotatedElement declaration,
        AnnotatedType use) {

    private static final Logger LOG = System.getLogger(DeclaredType.class.getName());

    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    static DeclaredType of(AnnotatedElement declaration, AnnotatedType type) {
        boolean nullable = isNullable(declaration) || isNullable(type);
        return new DeclaredType(
                type.getType(),
                StrictJson.MAPPER.readerFor(StrictJson.MAPPER.constructType(type.getType())),
                nullable,
                declaration,
                type);
    }

    /** By name, so that any library's annotation will do and none is needed at run time. */
    private static boolean isNullable(AnnotatedElement element) {
        for (Annotation annotation : element.getAnnotations()) {
            if (annotation.annotationType().getSimpleName().equals("Nullable")) {
                return true;
            }
        }
        return false;
    }

    /**
     * @param name of what it is for
     */
    @Nullable Object read(String name, JsonNode value) throws Refusal {
        if (value.isNull() && !isOptional()) {
            if (nullable || type == JsonNode.class) {
                return type == JsonNode.class ? value : null;
            }
            throw invalid(name, "null");
        }
        try {
            Object read = read(value);
            if (read == null) {
                throw invalid(name, "null");
            }
            return read;
        } catch (JacksonException e) {
            LOG.log(Level.DEBUG, () -> name + ": " + e.getOriginalMessage());
            throw invalid(name, kind(value));
        }
    }

    /** Records of a list that are still themselves stay so, where Jackson lets them. */
    private @Nullable Object read(JsonNode value) {
        try {
            return reader.readValue(value);
        } catch (JacksonException e) {
            if (Untouched.areIn(value)) {
                return reader.readValue(Untouched.allOpened(value));
            }
            throw e;
        }
    }

    /** Whether it is one of Java's, which is null in JSON if it is empty. */
    boolean isOptional() {
        return OPTIONALS.contains(raw(type));
    }

    private Refusal invalid(String name, String given) {
        return new Refusal(
                ErrorCode.INVALID, name + ": " + given + " (expected: " + description() + ")");
    }

    private static String kind(JsonNode value) {
        if (value.isContainer()) {
            return value.isArray() ? "a list that does not fit" : "an object that does not fit";
        }
        String text = value.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    /** The type in words of JSON; names of classes are nobody's business. */
    String description() {
        return description(type);
    }

    private static Class<?> raw(Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType generic -> (Class<?>) generic.getRawType();
            default -> Object.class;
        };
    }

    private static String description(Type type) {
        Class<?> raw = raw(type);
        if (raw == Optional.class && type instanceof ParameterizedType generic) {
            return description(generic.getActualTypeArguments()[0]) + " or null";
        }
        if (raw == byte[].class) {
            return "bytes";
        }
        if (raw.isArray() || Collection.class.isAssignableFrom(raw)) {
            return "a list of its type";
        }
        if (raw.isEnum()) {
            return "one of " + Arrays.toString(raw.getEnumConstants());
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return "a boolean";
        }
        if (OPTIONALS.contains(raw)) {
            return "a number or null";
        }
        if (isInteger(raw)) {
            return "an integer";
        }
        if (raw.isPrimitive() && raw != char.class || Number.class.isAssignableFrom(raw)) {
            return "a number";
        }
        if (raw == String.class || raw == char.class) {
            return "a string";
        }
        if (raw.isRecord() || Map.class.isAssignableFrom(raw)) {
            return "an object with its members";
        }
        return "a " + raw.getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static boolean isInteger(Class<?> raw) {
        return raw == int.class
                || raw == Integer.class
                || raw == long.class
                || raw == Long.class
                || raw == short.class
                || raw == Short.class;
    }
}
