package io.snorky.sync;

import io.snorky.json.JsonException;
import io.snorky.json.JsonWriter;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.POJONode;
import tools.jackson.databind.util.RawValue;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * What frozen values look like in JSON: null, a string, a number, a boolean, {@link Members}, a
 * {@link Sequence}, or the node of a number that is too long to compute with.
 *
 * <p>Threads: plain functions of immutable values.
 */
final class Forms {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Forms() {}

    /**
     * The form of a frozen value. Opens it one level deep.
     *
     * @throws JsonException if it has none
     */
    static @Nullable Object of(@Nullable Object frozen) {
        return switch (frozen) {
            case null -> null;
            case String string -> string;
            case Boolean bool -> bool;
            case Members members -> members;
            case Sequence sequence -> sequence;
            case JsonNode node -> ofNode(node);
            case Number number -> number;
            default -> ofOther(frozen);
        };
    }

    private static @Nullable Object ofOther(Object frozen) {
        return switch (frozen) {
            case Collection<?> elements -> new Sequence(elements.toArray());
            case Map<?, ?> map -> Members.of(map);
            case Optional<?> optional -> of(optional.orElse(null));
            default ->
                    Kind.of(frozen.getClass()) instanceof Kind.Transparent(RecordShape shape)
                            ? new Members(shape.names(), shape.values(frozen))
                            : ofNode(Json.copy(frozen));
        };
    }

    private static @Nullable Object ofNode(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                var names = new String[node.size()];
                var values = new @Nullable Object[names.length];
                int next = 0;
                for (var member : node.properties()) {
                    names[next] = member.getKey();
                    values[next++] = member.getValue();
                }
                yield new Members(names, values);
            }
            case ARRAY -> new Sequence(node.values().toArray());
            case STRING -> node.stringValue();
            case NUMBER -> node.numberValue();
            case BOOLEAN -> node.booleanValue();
            case NULL, MISSING -> null;
            case BINARY -> node.asString();
            case POJO -> {
                Record record = Untouched.record(node);
                if (record != null) {
                    yield of(record);
                }
                yield isLongNumber(node) ? node : ofNode(Json.copy(((POJONode) node).getPojo()));
            }
        };
    }

    /** Whether it is a number that is kept as its text. */
    static boolean isLongNumber(@Nullable Object form) {
        return form instanceof POJONode pojo && pojo.getPojo() instanceof RawValue;
    }

    /**
     * @throws JsonException if a value within has no form
     */
    static void write(@Nullable Object frozen, JsonWriter out) {
        switch (of(frozen)) {
            case Members members -> {
                String separator = "{";
                for (int i = 0; i < members.size(); i++) {
                    out.raw(separator).string(members.names()[i]).raw(":");
                    write(members.values()[i], out);
                    separator = ",";
                }
                out.raw(members.size() == 0 ? "{}" : "}");
            }
            case Sequence sequence -> {
                String separator = "[";
                for (Object element : sequence.elements()) {
                    out.raw(separator);
                    write(element, out);
                    separator = ",";
                }
                out.raw(sequence.size() == 0 ? "[]" : "]");
            }
            case null -> out.value(null);
            case Object scalar -> out.value(scalar);
        }
    }

    /**
     * The value as nodes. Nodes that it holds already are not copied.
     *
     * @throws JsonException if a value within has no form
     */
    static JsonNode toJson(@Nullable Object frozen) {
        if (frozen instanceof JsonNode node) {
            return node;
        }
        return switch (of(frozen)) {
            case Members members -> {
                var object = NODES.objectNode();
                for (int i = 0; i < members.size(); i++) {
                    object.set(members.names()[i], toJson(members.values()[i]));
                }
                yield object;
            }
            case Sequence sequence -> {
                var array = NODES.arrayNode(sequence.size());
                for (Object element : sequence.elements()) {
                    array.add(toJson(element));
                }
                yield array;
            }
            case null -> NODES.nullNode();
            case String string -> NODES.stringNode(string);
            case Object scalar -> Json.copy(scalar);
        };
    }
}
