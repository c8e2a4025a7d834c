package io.snorky.datasync;

import io.snorky.json.JsonDocument;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;

/** JSON as tests write it, with single quotes, read as the server reads it. */
public final class Json {

    private Json() {}

    public static JsonNode of(String text) {
        byte[] bytes = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        var document = new JsonDocument();
        document.read(bytes, 0, bytes.length, 10_000);
        return document.tree(JsonDocument.ROOT);
    }
}
