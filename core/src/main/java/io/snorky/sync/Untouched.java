package io.snorky.sync;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.POJONode;

/**
 * Lists of records as nodes, for patches that touch few of their elements: the others stay the
 * records they are, so that they need neither be written, read again nor compared.
 *
 * <p>Threads: plain functions of immutable values.
 */
final class Untouched {

    private Untouched() {}

    /** A frozen value as nodes; if it is a list, its records are only wrapped. */
    static JsonNode wrapped(@Nullable Object frozen) {
        if (frozen instanceof JsonNode || !(Forms.of(frozen) instanceof Sequence list)) {
            return Forms.toJson(frozen);
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode(list.size());
        for (Object element : list.elements()) {
            array.add(
                    element instanceof Record && isImmutable(element)
                            ? JsonNodeFactory.instance.pojoNode(element)
                            : Forms.toJson(element));
        }
        return array;
    }

    private static boolean isImmutable(Object element) {
        return Kind.of(element.getClass()) instanceof Kind.Transparent(RecordShape shape)
                && shape.immutable();
    }

    /** The record in a node; null if there is none. */
    static @Nullable Record record(@Nullable Object node) {
        return node instanceof POJONode pojo && pojo.getPojo() instanceof Record record
                ? record
                : null;
    }

    /** A node without its wrapping, if it has one. */
    static JsonNode opened(JsonNode node) {
        Record record = record(node);
        return record == null ? node : Forms.toJson(record);
    }

    /** The same with its elements, if it is a list. */
    static JsonNode allOpened(JsonNode node) {
        if (!(node instanceof ArrayNode list) || !areIn(node)) {
            return opened(node);
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode(list.size());
        list.forEach(element -> array.add(opened(element)));
        return array;
    }

    /** Whether a list has some. */
    static boolean areIn(JsonNode list) {
        if (list.isArray()) {
            for (JsonNode element : list) {
                if (record(element) != null) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A frozen value from nodes: the records in a list are themselves again. */
    static Object frozen(JsonNode value) {
        if (!(value instanceof ArrayNode list) || !areIn(value)) {
            return value;
        }
        var elements = new @Nullable Object[list.size()];
        for (int i = 0; i < elements.length; i++) {
            JsonNode element = list.get(i);
            Record record = record(element);
            elements[i] = record == null ? element : record;
        }
        return new Sequence(elements);
    }
}
