package io.snorky.datasync;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.Optional;

/** Two changes of one row, told as one. */
final class Conflation {

    private Conflation() {}

    /**
     * What two changes of one row come to, one after the other. If both have versions, the one with
     * the lower version says nothing new.
     *
     * @return empty if nothing is left: the row came and went
     */
    static Optional<Delta> of(Delta before, Delta after) {
        Long earlier = before.version();
        Long later = after.version();
        if (earlier != null && later != null && later < earlier) {
            return Optional.of(before);
        }
        String model = after.model();
        Long version = later == null ? earlier : later;
        return switch (after) {
            case Delta.Delete delete ->
                    before instanceof Delta.Insert && version == null
                            ? Optional.empty()
                            : Optional.of(new Delta.Delete(model, delete.data(), version));
            case Delta.Insert insert -> Optional.of(now(before, insert.data(), version));
            case Delta.Update update -> Optional.of(now(before, update.newData(), version));
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
