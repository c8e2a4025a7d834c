package io.snorky.schema;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.BeanSerializer;
import tools.jackson.databind.ser.UnrolledBeanSerializer;
import tools.jackson.databind.ser.bean.BeanSerializerBase;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes the schemas of types. Types with members, enums and those with subtypes become definitions,
 * so that a type may hold itself.
 */
final class Types {

    /** As messages are written. */
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.FAIL_ON_EMPTY_BEANS).build();

    private static final String FORMAT = "com.fasterxml.jackson.annotation.JsonFormat";
    private static final Set<Class<?>> PLAIN_BEANS =
            Set.of(BeanSerializer.class, UnrolledBeanSerializer.class);
    private static final Map<Class<?>, String> PRIMITIVE_OPTIONALS =
            Map.of(
                    OptionalInt.class, "integer",
                    OptionalLong.class, "integer",
                    OptionalDouble.class, "number");

    private final SerializationContext context = MAPPER._serializationContext();
    private final Beans beans = new Beans(this, context);
    private final Names names = new Names();
    private final Map<String, Definition> definitions = new TreeMap<>();

    /** By name, sorted. References of both forms are to these names. */
    Map<String, Definition> definitions() {
        return definitions;
    }

    ObjectNode describe(Declared declared, Form form) {
        return describe(declared, form, null);
    }

    /**
     * @param property the member of a bean that has the type, null if it is none
     */
    ObjectNode describe(Declared declared, Form form, @Nullable BeanProperty property) {
        ObjectNode schema = bare(declared, form, property);
        Constraints.apply(declared.annotations(), schema);
        return declared.isNullable() ? orNull(schema) : schema;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode orNull(ObjectNode schema) {
        if (schema.isEmpty()) {
            return schema; // anything
        }
        ObjectNode either = object();
        either.putArray("anyOf").add(schema).addObject().put("type", "null");
        return either;
    }

    private ObjectNode bare(Declared declared, Form form, @Nullable BeanProperty property) {
        JavaType type = declared.type();
        Class<?> raw = type.getRawClass();
        if (property != null && property.getAnnotation(JsonSerialize.class) != null) {
            return leaf(type, property);
        }
        if (raw == Object.class || JsonNode.class.isAssignableFrom(raw)) {
            return tree(raw);
        }
        if (PRIMITIVE_OPTIONALS.containsKey(raw)) {
            return orNull(object().put("type", PRIMITIVE_OPTIONALS.get(raw)));
        }
        if (type.isReferenceType()) {
            return orNull(describe(declared.content(type.getContentType(), 0), form));
        }
        if (raw == byte[].class) {
            return Leaves.bytes();
        }
        if (raw == char[].class) {
            return object().put("type", "string");
        }
        if (type.isContainerType()) {
            return container(declared, form);
        }
        return hasName(type) ? Schemas.reference(defined(type)) : leaf(type, property);
    }

    private static ObjectNode tree(Class<?> type) {
        if (type == ObjectNode.class) {
            return object().put("type", "object");
        }
        return type == ArrayNode.class ? object().put("type", "array") : object();
    }

    private ObjectNode container(Declared declared, Form form) {
        JavaType type = declared.type();
        if (type.isMapLikeType()) {
            ObjectNode schema = object().put("type", "object");
            JavaType key = type.getKeyType();
            if (key.isEnumType()) {
                schema.set("propertyNames", describe(declared.content(key, 0), form));
            }
            ObjectNode value = describe(declared.content(type.getContentType(), 1), form);
            if (!value.isEmpty()) {
                schema.set("additionalProperties", value);
            }
            return schema;
        }
        ObjectNode schema = object().put("type", "array");
        ObjectNode items = describe(declared.content(type.getContentType(), 0), form);
        if (!items.isEmpty()) {
            schema.set("items", items);
        }
        if (Set.class.isAssignableFrom(type.getRawClass())) {
            schema.put("uniqueItems", true);
        }
        return schema;
    }

    private ObjectNode leaf(JavaType type, @Nullable BeanProperty property) {
        ValueSerializer<Object> serializer = context.findPrimaryPropertySerializer(type, property);
        return Leaves.of(type, serializer, context, property == null || isPlain(property));
    }

    private static boolean isPlain(BeanProperty property) {
        return property.getMember()
                .annotations()
                .noneMatch(each -> each.annotationType().getName().equals(FORMAT));
    }

    // --- Definitions

    private boolean hasName(JavaType type) {
        return type.isEnumType() || hasSubtypes(type) || isBean(type);
    }

    private boolean hasSubtypes(JavaType type) {
        return context.findTypeSerializer(type) != null;
    }

    private boolean isBean(JavaType type) {
        return serializer(type) instanceof BeanSerializerBase;
    }

    private ValueSerializer<Object> serializer(JavaType type) {
        return context.findValueSerializer(type);
    }

    private String defined(JavaType type) {
        String name = names.of(type);
        if (definitions.containsKey(name)) {
            return name;
        }
        var definition = new Definition(object(), object());
        definitions.put(name, definition);
        for (Form form : Form.values()) {
            definition.in(form).setAll(definition(type, form));
        }
        return name;
    }

    private ObjectNode definition(JavaType type, Form form) {
        if (hasSubtypes(type)) {
            return type.isAbstract()
                    ? beans.subtypes(type)
                    : beans.tagged(type, members(type, form));
        }
        return type.isEnumType() ? ofEnum(type) : members(type, form);
    }

    private ObjectNode members(JavaType type, Form form) {
        if (serializer(type) instanceof BeanSerializerBase bean
                && PLAIN_BEANS.contains(bean.getClass())) {
            return form == Form.OUTPUT || type.isAbstract()
                    ? beans.output(bean)
                    : beans.input(type);
        }
        return leaf(type, null); // written in a way of its own
    }

    private static ObjectNode ofEnum(JavaType type) {
        ObjectNode schema = object();
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        boolean areStrings = true;
        for (Object constant : type.getRawClass().getEnumConstants()) {
            JsonNode value = MAPPER.valueToTree(constant);
            areStrings &= value.isString();
            values.add(value);
        }
        if (areStrings) {
            schema.put("type", "string");
        }
        schema.set("enum", values);
        return schema;
    }
}
