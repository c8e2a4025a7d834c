package io.snorky.examples.notes;

import java.util.UUID;

/**
 * One note. What a page writes that breaks its rules is refused.
 *
 * @param id made by whoever adds it: 1 to {@value #ID_LIMIT} characters
 * @param text up to {@value #TEXT_LIMIT} characters; empty while somebody writes
 */
record Note(String id, String text, boolean done) {

    static final int ID_LIMIT = 40;
    static final int TEXT_LIMIT = 500;

    Note {
        if (id.isEmpty() || id.length() > ID_LIMIT) {
            throw new IllegalArgumentException(
                    "id: " + id.length() + " characters (expected: 1 to " + ID_LIMIT + ")");
        }
        if (text.length() > TEXT_LIMIT) {
            throw new IllegalArgumentException(
                    "text: " + text.length() + " characters (expected: up to " + TEXT_LIMIT + ")");
        }
    }

    /** A new one. A text that is too long is cut. */
    static Note of(String text, boolean done) {
        String fitting = text.length() > TEXT_LIMIT ? text.substring(0, TEXT_LIMIT) : text;
        return new Note(UUID.randomUUID().toString(), fitting, done);
    }
}
