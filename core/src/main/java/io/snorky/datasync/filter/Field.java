package io.snorky.datasync.filter;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.Arrays;

/**
 * The name of a member of a row, or of a member of objects inside it.
 *
 * <p>Threads: any.
 */
public final class Field {

    private final String[] steps;

    private Field(String... steps) {
        this.steps = steps;
    }

    /**
     * @param dotted such as {@code "player.color"}; the empty text is a name, too
     */
    public static Field of(String dotted) {
        return dotted.indexOf('.') < 0 ? new Field(dotted) : new Field(dotted.split("\\.", -1));
    }

    /** How many names it consists of; at least one. */
    int length() {
        return steps.length;
    }

    String step(int at) {
        return steps[at];
    }

    /** What a row has there; null if a step is missing, or leads into what is no object. */
    public @Nullable JsonNode in(JsonNode row) {
        JsonNode node = row;
        for (String step : steps) {
            node = node.get(step);
            if (node == null) {
                return null;
            }
        }
        return node;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Field field && Arrays.equals(steps, field.steps);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(steps);
    }

    @Override
    public String toString() {
        return String.join(".", steps);
    }
}
