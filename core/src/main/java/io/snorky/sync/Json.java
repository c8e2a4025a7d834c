package io.snorky.sync;

import io.snorky.json.JsonException;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import java.util.Collections;

/**
 * What Jackson makes of a value, told the same as where messages are written.
 *
 * <p>Threads: any number at a time.
 */
final class Json {

    static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.FAIL_ON_EMPTY_BEANS).build();

    private Json() {}

    /**
     * Costs time and memory in the size of the value.
     *
     * @throws JsonException if it cannot be said in JSON
     */
    static JsonNode tree(Object value) {
        try {
            return MAPPER.valueToTree(value);
        } catch (JacksonException | StackOverflowError e) {
            throw new JsonException(
                    "a value of " + value.getClass() + " cannot be written as JSON: " + e);
        }
    }

    /**
     * The same in nodes that nobody else holds, none of them with an array of bytes that somebody
     * may write to.
     *
     * @throws JsonException if it cannot be said in JSON
     */
    static JsonNode copy(Object value) {
        JsonNode tree = value instanceof byte[] bytes ? tree(bytes.clone()) : tree(value);
        settle(tree);
        return tree;
    }

    private static void settle(JsonNode tree) {
        switch (tree) {
            case ObjectNode object ->
                    object.properties()
                            .forEach(member -> {
                                settle(member.getValue());
                                if (member.getValue().isBinary()) {
                                    member.setValue(
                                            StringNode.valueOf(member.getValue().asString()));
                                }
                            });
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    settle(array.get(i));
                    if (array.get(i).isBinary()) {
                        array.set(i, StringNode.valueOf(array.get(i).asString()));
                    }
                }
            }
            default -> checkNumber(tree.isNumber() ? tree.numberValue() : 0);
        }
    }

    /**
     * @throws JsonException if it is not finite
     */
    static void checkNumber(Number number) {
        if (number instanceof Double || number instanceof Float) {
            if (!Double.isFinite(number.doubleValue())) {
                throw new JsonException(
                        number + " cannot be written as JSON (expected: a finite number)");
            }
        }
    }

    /**
     * The name that a key of a map gets.
     *
     * @throws JsonException if it makes none
     */
    static String name(@Nullable Object key) {
        return switch (key) {
            case null ->
                    throw new JsonException("a map with the key null (expected: keys with names)");
            case String name -> name;
            default -> tree(Collections.singletonMap(key, 0)).propertyNames().iterator().next();
        };
    }
}
