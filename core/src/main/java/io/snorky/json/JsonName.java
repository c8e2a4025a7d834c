package io.snorky.json;

import java.nio.charset.StandardCharsets;

/** A member's name to look for, as text and as the bytes it has where nothing is escaped. */
public record JsonName(String text, byte[] utf8) {

    public JsonName(String text) {
        this(text, text.getBytes(StandardCharsets.UTF_8));
    }
}
