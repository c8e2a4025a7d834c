package io.snorky.schema;

import io.snorky.json.StrictJson;

import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.PropertyWriter;
import tools.jackson.databind.ser.bean.BeanSerializerBase;

import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** The schemas of records and other classes with members, as Jackson writes and reads them. */
final class Beans {

    private static final String INCLUSION = "com.fasterxml.jackson.annotation.JsonInclude";

    private final Types types;
    private final SerializationContext context;

    Beans(Types types, SerializationContext context) {
        this.types = types;
        this.context = context;
    }

    ObjectNode output(BeanSerializerBase bean) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode members = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (Iterator<PropertyWriter> all = bean.properties(); all.hasNext(); ) {
            if (all.next() instanceof BeanPropertyWriter property && !property.isUnwrapping()) {
                Declared declared = Declared.of(property.getMember(), property.getType());
                members.set(property.getName(), types.describe(declared, Form.OUTPUT, property));
                if (!property.willSuppressNulls() && !isLeftOutAtTimes(property)) {
                    required.add(property.getName());
                }
            }
        }
        return withoutEmpty(schema);
    }

    private static boolean isLeftOutAtTimes(BeanPropertyWriter property) {
        AnnotatedMember member = property.getMember();
        for (var annotation : member.getDeclaringClass().getAnnotations()) {
            if (annotation.annotationType().getName().equals(INCLUSION)) {
                return true;
            }
        }
        return member.annotations()
                .anyMatch(each -> each.annotationType().getName().equals(INCLUSION));
    }

    /** What a constructor takes has to be there, unless it may be null; the rest has values. */
    ObjectNode input(JavaType type) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode members = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (BeanPropertyDefinition each : introspected(type).findProperties()) {
            AnnotatedMember member = each.couldDeserialize() ? each.getMutator() : null;
            if (member != null) {
                Declared declared = Declared.of(member, each.getPrimaryType());
                members.set(each.getName(), types.describe(declared, Form.INPUT));
                boolean mayBeMissing = declared.isNullable() || declared.type().isReferenceType();
                if (each.hasConstructorParameter() && !mayBeMissing) {
                    required.add(each.getName());
                }
            }
        }
        return withoutEmpty(schema);
    }

    private static BeanDescription introspected(JavaType type) {
        ClassIntrospector introspector =
                StrictJson.MAPPER.deserializationConfig().classIntrospectorInstance();
        return introspector.introspectForDeserialization(
                type, introspector.introspectClassAnnotations(type));
    }

    private static ObjectNode withoutEmpty(ObjectNode schema) {
        if (schema.path("required").isEmpty()) {
            schema.remove("required");
        }
        return schema;
    }

    // --- Types with subtypes

    /** One of the subtypes that Jackson knows, if a member says which. */
    ObjectNode subtypes(JavaType type) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        if (!isMember(typeSerializer(type))) {
            return schema;
        }
        var config = context.getConfig();
        var annotated = context.introspectClassAnnotations(type);
        var byName = new TreeMap<String, ObjectNode>();
        for (var each :
                config.getSubtypeResolver().collectAndResolveSubtypesByClass(config, annotated)) {
            JavaType subtype = context.constructSpecializedType(type, each.getType());
            if (!subtype.isAbstract()) {
                ObjectNode reference =
                        types.describe(new Declared(subtype, List.of(), null), Form.OUTPUT);
                byName.put(each.getType().getName(), reference);
            }
        }
        if (!byName.isEmpty()) {
            schema.putArray("oneOf").addAll(byName.values());
        }
        return schema;
    }

    /** With the member that says which subtype it is. */
    ObjectNode tagged(JavaType type, ObjectNode members) {
        TypeSerializer by = typeSerializer(type);
        if (!isMember(by)) {
            return JsonNodeFactory.instance.objectNode();
        }
        String id = by.getTypeIdResolver().idFromValueAndType(context, null, type.getRawClass());
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode all = schema.putObject("properties");
        all.putObject(by.getPropertyName()).put("const", id);
        all.setAll(members.withObject("/properties"));
        schema.putArray("required").add(by.getPropertyName());
        schema.withArray("required").addAll(members.withArray("required").asArray());
        return schema;
    }

    private TypeSerializer typeSerializer(JavaType type) {
        return Objects.requireNonNull(context.findTypeSerializer(type));
    }

    /** Asked by name: the annotations of Jackson are no dependency of ours. */
    private static boolean isMember(TypeSerializer by) {
        String inclusion = String.valueOf(by.getTypeInclusion());
        return inclusion.equals("PROPERTY") || inclusion.equals("EXISTING_PROPERTY");
    }
}
