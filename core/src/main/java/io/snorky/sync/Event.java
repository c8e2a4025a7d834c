package io.snorky.sync;

import io.snorky.json.JsonDocument;
import io.snorky.json.JsonException;
import io.snorky.json.JsonName;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.nio.charset.StandardCharsets;

/**
 * Something a browser said.
 *
 * @param type all of it
 * @param kind the type up to the first colon
 * @param key what comes behind that; empty if nothing does
 * @param data JSON null if there is none
 */
record Event(String type, String kind, String key, JsonNode data) {

    private static final JsonName TYPE = new JsonName("type");
    private static final JsonName DATA = new JsonName("data");
    private static final int ANY_NESTING = 1_000_000;

    static Event of(String type, JsonNode data) {
        int colon = type.indexOf(':');
        return colon < 0
                ? new Event(type, type, "", data)
                : new Event(type, type.substring(0, colon), type.substring(colon + 1), data);
    }

    static Event parse(String text, int maxNesting) throws Refusal {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        var document = new JsonDocument();
        read(document, utf8, maxNesting);
        int type =
                document.isObject(JsonDocument.ROOT)
                        ? document.member(JsonDocument.ROOT, TYPE)
                        : JsonDocument.NONE;
        if (type == JsonDocument.NONE || !document.isString(type)) {
            throw new Refusal(
                    ErrorCode.MALFORMED,
                    "no event (expected: {\"type\": a string, \"data\": any JSON value})");
        }
        int data = document.member(JsonDocument.ROOT, DATA);
        return of(
                document.string(type),
                data == JsonDocument.NONE
                        ? JsonNodeFactory.instance.nullNode()
                        : document.tree(data));
    }

    private static void read(JsonDocument document, byte[] utf8, int maxNesting) throws Refusal {
        try {
            document.read(utf8, 0, utf8.length, maxNesting);
        } catch (JsonException e) {
            if (isJson(document, utf8)) {
                throw new Refusal(
                        ErrorCode.TOO_LARGE,
                        "nesting: deeper (expected: at most " + maxNesting + " levels)");
            }
            throw new Refusal(ErrorCode.MALFORMED, e.getMessage());
        }
    }

    private static boolean isJson(JsonDocument document, byte[] utf8) {
        try {
            document.read(utf8, 0, utf8.length, ANY_NESTING);
            return true;
        } catch (JsonException e) {
            return false;
        }
    }

    /** The text in a member of the data; null if there is none. */
    @Nullable String text(String member) {
        JsonNode value = data.get(member);
        return value != null && value.isString() ? value.stringValue() : null;
    }
}
