package io.snorky.datasync.filter;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.List;

/**
 * The name of a member of a row, or of a member of objects inside it.
 *
 * @param steps a name for each level; at least one
 */
public record Field(List<String> steps) {

    public Field {
        steps = List.copyOf(steps);
    }

    /**
     * @param dotted such as {@code "player.color"}; the empty text is a name, too
     */
    public static Field of(String dotted) {
        return new Field(
                dotted.indexOf('.') < 0 ? List.of(dotted) : List.of(dotted.split("\\.", -1)));
    }

    /** What a row has there; null if a step is missing, or leads into what is no object. */
    public @Nullable JsonNode in(JsonNode row) {
        JsonNode node = row;
        for (int i = 0; node != null && i < steps.size(); i++) {
            node = node.get(steps.get(i));
        }
        return node;
    }

    @Override
    public String toString() {
        return String.join(".", steps);
    }
}
