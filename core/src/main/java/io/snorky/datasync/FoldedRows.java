package io.snorky.datasync;

import io.snorky.Message;
import io.snorky.datasync.Subscription.Item;
import io.snorky.json.ValueKey;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Changes of rows, folded to one for each row and item: what comes out of all of them together.
 *
 * <p>Threads: one at a time.
 */
final class FoldedRows {

    private record Key(Follower follower, Item item, ValueKey row) {}

    /**
     * What became of a row.
     *
     * @param mayBeShown whether the client may have the row from before
     */
    record Row(Follower follower, Item item, Delta delta, boolean mayBeShown) {

        /**
         * @param offset that it is to carry
         */
        Message message(Feed feed, long offset) {
            return feed.message(delta, follower.formOf(item), offset);
        }
    }

    private final Map<Key, Row> rows = new LinkedHashMap<>();

    /**
     * Takes a change as an item sees it.
     *
     * @param offset of the change
     * @return false if it is not to be folded: its subscription does not want it, or one cannot say
     *     of which row it is
     */
    boolean fold(Follower follower, Item item, Delta seen, long offset) {
        String member = follower.rowKey;
        if (member == null) {
            return false;
        }
        if (seen instanceof Delta.Update update) {
            ValueKey before = keyOf(update.oldData(), member);
            ValueKey after = keyOf(update.newData(), member);
            if (before != null && after != null && !before.equals(after)) {
                put(follower, item, before, update.moveOut(), offset);
                put(follower, item, after, update.moveIn(), offset);
                return true;
            }
        }
        ValueKey key = keyOf(rowOf(seen), member);
        if (key == null) {
            return false;
        }
        put(follower, item, key, seen, offset);
        return true;
    }

    private static JsonNode rowOf(Delta delta) {
        return switch (delta) {
            case Delta.Insert insert -> insert.data();
            case Delta.Delete delete -> delete.data();
            case Delta.Update update -> update.newData();
        };
    }

    private static @Nullable ValueKey keyOf(JsonNode row, String member) {
        JsonNode key = row.get(member);
        return key == null ? null : ValueKey.of(key);
    }

    private void put(Follower follower, Item item, ValueKey row, Delta delta, long offset) {
        var key = new Key(follower, item, row);
        Row before = rows.get(key);
        if (before == null) {
            boolean isNew = delta instanceof Delta.Insert && !follower.mayHaveSeen(offset);
            rows.put(key, new Row(follower, item, delta, !isNew));
            return;
        }
        Delta both = Conflation.of(before.delta, delta);
        if (both instanceof Delta.Delete gone && gone.version() == null && !before.mayBeShown) {
            rows.remove(key); // it came and went
        } else {
            rows.put(key, new Row(follower, item, both, before.mayBeShown));
        }
    }

    /** The rows that are gone. */
    Stream<Row> deletes() {
        return rows.values().stream().filter(row -> row.delta instanceof Delta.Delete);
    }

    /** The rows that are there. */
    Stream<Row> others() {
        return rows.values().stream().filter(row -> !(row.delta instanceof Delta.Delete));
    }
}
