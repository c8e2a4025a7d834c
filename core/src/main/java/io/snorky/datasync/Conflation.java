package io.snorky.datasync;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/** Two changes of one row, told as one. */
final class Conflation {

    private Conflation() {}

    /**
     * What two changes of one row come to, one after the other. If both have versions, the one with
     * the lower version says nothing new.
     */
    static Delta of(Delta before, Delta after) {
        Long earlier = before.version();
        Long later = after.version();
        if (earlier != null && later != null && later < earlier) {
            return before;
        }
        Long version = later == null ? earlier : later;
        return switch (after) {
            case Delta.Delete delete -> new Delta.Delete(after.model(), delete.data(), version);
            case Delta.Insert insert -> now(before, insert.data(), version);
            case Delta.Update update -> now(before, update.newData(), version);
        };
    }

    private static Delta now(Delta before, JsonNode row, @Nullable Long version) {
        String model = before.model();
        return switch (before) {
            case Delta.Insert unused -> new Delta.Insert(model, row, version);
            case Delta.Update update -> new Delta.Update(model, row, update.oldData(), version);
            case Delta.Delete delete -> new Delta.Update(model, row, delete.data(), version);
        };
    }
}
