package io.snorky.rpc;

import io.snorky.json.JsonDocument;
import io.snorky.json.StrictJson;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Map;

/**
 * The binders of all types. JSON types are told apart: no number becomes a string, no string a
 * number, and a number becomes an integer only if it is one.
 */
final class Binders {

    private static final JsonMapper STRICT = StrictJson.MAPPER;

    private static final Map<Type, Binder> DIRECT =
            Map.ofEntries(
                    Map.entry(String.class, Binders::string),
                    Map.entry(JsonNode.class, JsonDocument::tree),
                    Map.entry(boolean.class, Binders::bool),
                    Map.entry(Boolean.class, Binders::bool),
                    Map.entry(int.class, Binders::int32),
                    Map.entry(Integer.class, Binders::int32),
                    Map.entry(long.class, Binders::int64),
                    Map.entry(Long.class, Binders::int64),
                    Map.entry(double.class, Binders::real),
                    Map.entry(Double.class, Binders::real));

    private Binders() {}

    /** The binder of a type that {@link BindableTypes} has found to be bindable. */
    static Binder of(Type type) {
        Binder direct = DIRECT.get(type);
        if (direct != null) {
            return direct;
        }
        ObjectReader reader = STRICT.readerFor(STRICT.constructType(type));
        return (document, value) -> {
            try {
                return notNull(reader.readValue(document.tree(value)));
            } catch (JacksonException e) {
                throw new InvalidParams(e.getOriginalMessage());
            }
        };
    }

    private static Object notNull(Object value) throws InvalidParams {
        if (value == null) {
            throw new InvalidParams("null");
        }
        return value;
    }

    private static String string(JsonDocument document, int value) throws InvalidParams {
        require(document.isString(value), "no string");
        return document.string(value);
    }

    private static Boolean bool(JsonDocument document, int value) throws InvalidParams {
        require(document.isBoolean(value), "no boolean");
        return document.isTrue(value);
    }

    private static Integer int32(JsonDocument document, int value) throws InvalidParams {
        long number = int64(document, value);
        require(number == (int) number, "no integer of 32 bits");
        return (int) number;
    }

    private static Long int64(JsonDocument document, int value) throws InvalidParams {
        if (document.isSmallInteger(value)) {
            return document.smallInteger(value);
        }
        try {
            return number(document, value).longValueExact();
        } catch (ArithmeticException e) {
            throw new InvalidParams("no integer of 64 bits");
        }
    }

    private static Double real(JsonDocument document, int value) throws InvalidParams {
        double number =
                document.isSmallInteger(value)
                        ? document.smallInteger(value)
                        : number(document, value).doubleValue();
        require(Double.isFinite(number), "no finite number");
        return number;
    }

    private static BigDecimal number(JsonDocument document, int value) throws InvalidParams {
        JsonNode node = document.tree(value);
        require(node.isNumber(), "no number, or one out of all bounds");
        return node.decimalValue();
    }

    private static void require(boolean condition, String complaint) throws InvalidParams {
        if (!condition) {
            throw new InvalidParams(complaint);
        }
    }
}
