package io.snorky.datasync;

import tools.jackson.databind.JsonNode;

import java.util.Optional;
import java.util.function.Predicate;

/** One change of one row. On the wire an object told apart by its member {@code type}. */
public sealed interface Delta {

    /** What kind of row it is, as the back end names it. */
    String model();

    /** {@code {"type": "insert", "model": "Player", "data": {…}}}: the row is new. */
    record Insert(String model, JsonNode data) implements Delta {}

    /** {@code {"type": "update", "model": …, "newData": {…}, "oldData": {…}}}: the row differs. */
    record Update(String model, JsonNode newData, JsonNode oldData) implements Delta {}

    /** {@code {"type": "delete", "model": …, "data": {…}}}: the row, as it last was, is gone. */
    record Delete(String model, JsonNode data) implements Delta {}

    /**
     * This change as it looks to someone who sees only some rows: an update that brings a row into
     * sight is an insert to them, one that takes it out of sight a delete.
     *
     * @return empty if they see nothing of it
     */
    default Optional<Delta> through(Predicate<JsonNode> sees) {
        return switch (this) {
            case Insert insert -> sees.test(insert.data()) ? Optional.of(insert) : Optional.empty();
            case Delete delete -> sees.test(delete.data()) ? Optional.of(delete) : Optional.empty();
            case Update(String name, JsonNode after, JsonNode before) -> {
                boolean seen = sees.test(before);
                if (sees.test(after)) {
                    yield Optional.of(seen ? this : new Insert(name, after));
                }
                yield seen ? Optional.of(new Delete(name, before)) : Optional.empty();
            }
        };
    }
}
