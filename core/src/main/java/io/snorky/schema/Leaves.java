package io.snorky.schema;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsonFormatVisitors.JsonAnyFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonArrayFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonBooleanFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonIntegerFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonMapFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonNumberFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonStringFormatVisitor;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Map;
import java.util.UUID;

/** The schemas of types without parts: as what Jackson says that it writes them. */
final class Leaves {

    /** What JSON Schema and OpenAPI's registry of formats call what ISO 8601 makes of them. */
    private static final Map<Class<?>, String> FORMATS =
            Map.ofEntries(
                    Map.entry(Instant.class, "date-time"),
                    Map.entry(OffsetDateTime.class, "date-time"),
                    Map.entry(ZonedDateTime.class, "date-time"),
                    Map.entry(Date.class, "date-time"),
                    Map.entry(LocalDateTime.class, "date-time-local"),
                    Map.entry(LocalDate.class, "date"),
                    Map.entry(OffsetTime.class, "time"),
                    Map.entry(LocalTime.class, "time-local"),
                    Map.entry(Duration.class, "duration"),
                    Map.entry(Period.class, "duration"),
                    Map.entry(UUID.class, "uuid"),
                    Map.entry(URI.class, "uri-reference"),
                    Map.entry(URL.class, "uri"));

    private Leaves() {}

    /**
     * @param isPlain whether no annotation says how it is written
     */
    static ObjectNode of(
            JavaType type,
            ValueSerializer<Object> serializer,
            SerializationContext context,
            boolean isPlain) {
        var asked = new Question(context);
        serializer.acceptJsonFormatVisitor(asked, type);
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        String answer = asked.answer;
        if (answer != null) {
            schema.put("type", answer);
        }
        String format = FORMATS.get(type.getRawClass());
        if (isPlain && format != null && "string".equals(answer)) {
            schema.put("format", format);
        }
        if (type.getRawClass() == char.class || type.getRawClass() == Character.class) {
            schema.put("minLength", 1).put("maxLength", 1);
        }
        return schema;
    }

    static ObjectNode bytes() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "string")
                .put("contentEncoding", "base64");
    }

    /** Asks a serializer what it writes. */
    private static final class Question extends JsonFormatVisitorWrapper.Base {

        private @Nullable String answer;

        Question(SerializationContext context) {
            super(context);
        }

        @Override
        public JsonObjectFormatVisitor expectObjectFormat(JavaType type) {
            answer = "object";
            return new JsonObjectFormatVisitor.Base(getContext());
        }

        @Override
        public JsonMapFormatVisitor expectMapFormat(JavaType type) {
            answer = "object";
            return new JsonMapFormatVisitor.Base(getContext());
        }

        @Override
        public JsonArrayFormatVisitor expectArrayFormat(JavaType type) {
            answer = "array";
            return new JsonArrayFormatVisitor.Base(getContext());
        }

        @Override
        public JsonStringFormatVisitor expectStringFormat(JavaType type) {
            answer = "string";
            return new JsonStringFormatVisitor.Base();
        }

        @Override
        public JsonNumberFormatVisitor expectNumberFormat(JavaType type) {
            answer = "number";
            return new JsonNumberFormatVisitor.Base();
        }

        @Override
        public JsonIntegerFormatVisitor expectIntegerFormat(JavaType type) {
            answer = "integer";
            return new JsonIntegerFormatVisitor.Base();
        }

        @Override
        public JsonBooleanFormatVisitor expectBooleanFormat(JavaType type) {
            answer = "boolean";
            return new JsonBooleanFormatVisitor.Base();
        }

        @Override
        public JsonAnyFormatVisitor expectAnyFormat(JavaType type) {
            return new JsonAnyFormatVisitor.Base();
        }
    }
}
