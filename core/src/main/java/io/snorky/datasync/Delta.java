package io.snorky.datasync;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * One change of one row. On the wire an object told apart by its member {@code type}.
 *
 * <p>Each may have a version: an integer that grows with each change of its row. Pages then ignore
 * what is older than what they have, so that servers may publish out of order.
 */
public sealed interface Delta {

    /** The largest version: integers up to here are exact in JavaScript. */
    long MAX_VERSION = (1L << 53) - 1;

    /** What kind of row it is, as the back end names it. */
    String model();

    /** Of the row, after this change; null if nobody said. */
    @Nullable Long version();

    /** {@code {"type": "insert", "model": "Player", "data": {…}}}: the row is new. */
    record Insert(String model, JsonNode data, @Nullable Long version) implements Delta {

        public Insert {
            checkVersion(version);
        }

        /** One without a version. */
        public Insert(String model, JsonNode data) {
            this(model, data, null);
        }
    }

    /** {@code {"type": "update", "model": …, "newData": {…}, "oldData": {…}}}: the row differs. */
    record Update(String model, JsonNode newData, JsonNode oldData, @Nullable Long version)
            implements Delta {

        public Update {
            checkVersion(version);
        }

        /** One without a version. */
        public Update(String model, JsonNode newData, JsonNode oldData) {
            this(model, newData, oldData, null);
        }

        /** How it looks to someone who sees the row from now on. */
        Insert moveIn() {
            return new Insert(model, newData, version);
        }

        /** How it looks to someone who sees the row no longer. */
        Delete moveOut() {
            return new Delete(model, oldData, version);
        }
    }

    /** {@code {"type": "delete", "model": …, "data": {…}}}: the row, as it last was, is gone. */
    record Delete(String model, JsonNode data, @Nullable Long version) implements Delta {

        public Delete {
            checkVersion(version);
        }

        /** One without a version. */
        public Delete(String model, JsonNode data) {
            this(model, data, null);
        }
    }

    private static void checkVersion(@Nullable Long version) {
        if (version != null && (version < 0 || version > MAX_VERSION)) {
            throw new IllegalArgumentException(
                    "version: " + version + " (expected: from 0 to " + MAX_VERSION + ")");
        }
    }

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
            case Update update -> {
                boolean seen = sees.test(update.oldData());
                if (sees.test(update.newData())) {
                    yield Optional.of(seen ? update : update.moveIn());
                }
                yield seen ? Optional.of(update.moveOut()) : Optional.empty();
            }
        };
    }
}
