package io.snorky.sync;

import io.snorky.json.JsonException;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.BeanSerializer;
import tools.jackson.databind.ser.PropertyWriter;
import tools.jackson.databind.ser.UnrolledBeanSerializer;
import tools.jackson.databind.ser.bean.BeanSerializerBase;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The members that a record has on the wire: as Jackson would write them, so that names given by
 * annotations and computed members count.
 *
 * <p>Threads: immutable.
 */
final class RecordShape {

    private static final String ANNOTATIONS = "com.fasterxml.jackson.annotation.";
    private static final Set<Class<?>> PLAIN =
            Set.of(BeanSerializer.class, UnrolledBeanSerializer.class);
    private static final String NAMING = ANNOTATIONS + "JsonProperty";

    private final String[] names;
    private final BeanPropertyWriter[] properties;
    private final boolean immutable;

    private RecordShape(List<BeanPropertyWriter> properties, boolean immutable) {
        this.properties = properties.toArray(BeanPropertyWriter[]::new);
        this.immutable = immutable;
        names = properties.stream().map(PropertyWriter::getName).toArray(String[]::new);
    }

    /**
     * The shape of a record, unless annotations make Jackson write it in a way of their own, so
     * that only Jackson can tell.
     */
    static Optional<RecordShape> of(Class<?> type) {
        try {
            var context = Json.MAPPER._serializationContext();
            return context.findTypedValueSerializer(type, true) instanceof BeanSerializerBase plain
                            && PLAIN.contains(plain.getClass())
                            && !plain.usesObjectId()
                            && plain.getFilterId() == null
                            && !isAnnotated(type)
                    ? of(plain.properties())
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty(); // which Jackson says again, with the value
        }
    }

    private static boolean isAnnotated(Class<?> type) {
        for (var annotation : type.getAnnotations()) {
            if (annotation.annotationType().getName().equals(ANNOTATIONS + "JsonInclude")) {
                return true;
            }
        }
        return false;
    }

    private static Optional<RecordShape> of(Iterator<PropertyWriter> writers) {
        List<BeanPropertyWriter> properties = new ArrayList<>();
        while (writers.hasNext()) {
            if (writers.next() instanceof BeanPropertyWriter property && isPlain(property)) {
                properties.add(property);
            } else {
                return Optional.empty();
            }
        }
        boolean immutable =
                properties.stream().allMatch(each -> isImmutable(each.getType().getRawClass()));
        return Optional.of(new RecordShape(properties, immutable));
    }

    private static boolean isPlain(BeanPropertyWriter property) {
        return property.getClass() == BeanPropertyWriter.class
                && property.getTypeSerializer() == null
                && !property.willSuppressNulls()
                && isPlain(property.getMember());
    }

    private static boolean isPlain(AnnotatedMember member) {
        return member.annotations()
                .map(annotation -> annotation.annotationType().getName())
                .allMatch(name -> name.equals(NAMING) || !name.startsWith(ANNOTATIONS));
    }

    /**
     * Whether every value of that type surely is. Other records are not asked: it may be itself.
     */
    private static boolean isImmutable(Class<?> type) {
        return type.isPrimitive() || !type.isRecord() && Kind.of(type) == Kind.Simple.LEAF;
    }

    /** Whether the values of all members are, whatever they are. */
    boolean immutable() {
        return immutable;
    }

    String[] names() {
        return names;
    }

    int size() {
        return names.length;
    }

    /**
     * @throws JsonException if it cannot be had
     */
    @Nullable Object value(Object instance, int member) {
        try {
            return properties[member].get(instance);
        } catch (Exception e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new JsonException(
                    "member \"" + names[member] + "\" of " + instance.getClass() + ": " + cause);
        }
    }

    @Nullable Object[] values(Object instance) {
        var values = new @Nullable Object[names.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(instance, i);
        }
        return values;
    }
}
