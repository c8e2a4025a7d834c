package io.snorky.server.jwt;

import tools.jackson.databind.JsonNode;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * What strangers have sent, as a line of the log can bear it: cut, and without characters that
 * could end the line, turn its direction or hide something in it.
 */
final class Shown {

    /** Characters of a value. */
    static final int CHARACTERS = 64;

    /** Values of a list. */
    private static final int VALUES = 10;

    private Shown() {}

    /** As JSON. */
    static String value(JsonNode value) {
        return value.isString() ? quoted(value.stringValue()) : text(value.toString());
    }

    /** In quotation marks. */
    static String quoted(String text) {
        String escaped = cut(text).replace("\\", "\\\\").replace("\"", "\\\"");
        return '"' + visible(escaped) + '"';
    }

    /** As it is. */
    static String text(String text) {
        return visible(cut(text));
    }

    /** The first few, in quotation marks. */
    static String list(Collection<String> texts) {
        String first =
                texts.stream().limit(VALUES).map(Shown::quoted).collect(Collectors.joining(", "));
        return texts.size() <= VALUES ? first : first + ", …";
    }

    private static String cut(String text) {
        if (text.length() <= CHARACTERS) {
            return text;
        }
        boolean isInPair = Character.isHighSurrogate(text.charAt(CHARACTERS - 1));
        return text.substring(0, isInPair ? CHARACTERS - 1 : CHARACTERS) + '…';
    }

    private static String visible(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> {
                    if (isVisible(c)) {
                        out.appendCodePoint(c);
                    } else {
                        for (char unit : Character.toChars(c)) {
                            out.append(String.format("\\u%04x", (int) unit));
                        }
                    }
                });
        return out.toString();
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }
}
