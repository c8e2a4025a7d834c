package io.snorky.server.jwt;

import io.snorky.json.JsonDocument;
import io.snorky.json.JsonException;

import tools.jackson.databind.JsonNode;

import java.util.HashSet;
import java.util.Set;

/** Reads objects that others have written. */
final class JsonObjects {

    private static final int MAX_NESTING = 32;

    private JsonObjects() {}

    /**
     * @throws JsonException unless it is an object that has no name twice; its message can be
     *     logged
     */
    static JsonNode read(byte[] text) {
        var document = new JsonDocument();
        document.read(text, 0, text.length, MAX_NESTING);
        if (!document.isObject(JsonDocument.ROOT)) {
            throw new JsonException("not an object");
        }
        Set<String> names = new HashSet<>();
        int key = document.firstIn(JsonDocument.ROOT);
        while (key != JsonDocument.NONE) {
            String name = document.string(key);
            if (!names.add(name)) {
                throw new JsonException(Shown.quoted(name) + " twice");
            }
            key = document.nextIn(JsonDocument.ROOT, key + 1);
        }
        return document.tree(JsonDocument.ROOT);
    }
}
