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
 * @param id by which the browser knows it; null if it has none
 * @param revision of the object that it is based on; null if the browser does not say
 */
record Event(
        String type,
        String kind,
        String key,
        JsonNode data,
        @Nullable String id,
        @Nullable Long revision) {

    private static final JsonName TYPE = new JsonName("type");
    private static final JsonName DATA = new JsonName("data");
    private static final JsonName ID = new JsonName("id");
    private static final JsonName REVISION = new JsonName("v");
    private static final int MAX_ID_LENGTH = 64;
    private static final int ANY_NESTING = 1_000_000;

    static Event of(String type, JsonNode data, @Nullable String id, @Nullable Long revision) {
        int colon = type.indexOf(':');
        String kind = colon < 0 ? type : type.substring(0, colon);
        String key = colon < 0 ? "" : type.substring(colon + 1);
        return new Event(type, kind, key, data, id, revision);
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
                        : document.tree(data),
                id(document),
                revision(document));
    }

    private static @Nullable String id(JsonDocument document) throws Refusal {
        int at = document.member(JsonDocument.ROOT, ID);
        if (at == JsonDocument.NONE) {
            return null;
        }
        String id = document.isString(at) ? document.string(at) : "";
        if (id.isEmpty() || id.length() > MAX_ID_LENGTH) {
            throw new Refusal(
                    ErrorCode.MALFORMED,
                    "id (expected: a string of 1 to " + MAX_ID_LENGTH + " characters)");
        }
        return id;
    }

    private static @Nullable Long revision(JsonDocument document) throws Refusal {
        int at = document.member(JsonDocument.ROOT, REVISION);
        if (at == JsonDocument.NONE) {
            return null;
        }
        JsonNode revision = document.tree(at);
        if (!revision.isIntegralNumber() || !revision.canConvertToLong()) {
            throw new Refusal(ErrorCode.MALFORMED, "v (expected: a revision, an integer)");
        }
        return revision.longValue();
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
