package io.snorky.testkit;

import io.snorky.json.JsonDocument;
import io.snorky.json.JsonException;
import io.snorky.json.JsonWriter;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;

/**
 * JSON as tests write it.
 *
 * <p>Threads: any.
 */
public final class Json {

    private static final int MAX_NESTING = 10_000;

    private Json() {}

    /**
     * The value of a JSON text, in which strings may stand in single quotes: {@code
     * json("{'channel': '#cats'}")}. A single quote inside of those is written {@code \'}.
     *
     * @throws IllegalArgumentException if it is no JSON
     */
    public static JsonNode json(String text) {
        byte[] strict = withDoubleQuotes(text).getBytes(StandardCharsets.UTF_8);
        try {
            return read(strict);
        } catch (JsonException e) {
            throw new IllegalArgumentException(
                    "json: "
                            + text
                            + " (expected: JSON, strings also in single quotes; "
                            + e.getMessage()
                            + ")",
                    e);
        }
    }

    static JsonNode read(byte[] utf8) {
        var document = new JsonDocument();
        document.read(utf8, 0, utf8.length, MAX_NESTING);
        return document.tree(JsonDocument.ROOT);
    }

    /** What a service would send for it. */
    static JsonNode valueOf(@Nullable Object value) {
        return value instanceof JsonNode node
                ? node
                : read(new JsonWriter().value(value).toBytes());
    }

    /** As one would write it in a test. */
    static String text(JsonNode value) {
        String strict = new String(new JsonWriter().value(value).toBytes(), StandardCharsets.UTF_8);
        return withSingleQuotes(strict);
    }

    static String withSingleQuotes(String text) {
        return text.replace('"', '\'');
    }

    private static String withDoubleQuotes(String text) {
        var strict = new StringBuilder(text.length());
        char open = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (open == 0) {
                open = c == '\'' || c == '"' ? c : 0;
                strict.append(c == '\'' ? '"' : c);
            } else if (c == '\\' && i + 1 < text.length()) {
                i++;
                char escaped = text.charAt(i);
                strict.append(escaped == '\'' ? "'" : "\\" + escaped);
            } else if (c == open) {
                open = 0;
                strict.append('"');
            } else {
                strict.append(c == '"' ? "\\\"" : String.valueOf(c));
            }
        }
        return strict.toString();
    }
}
