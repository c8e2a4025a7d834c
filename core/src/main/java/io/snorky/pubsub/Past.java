package io.snorky.pubsub;

import io.snorky.json.JsonText;
import io.snorky.json.JsonWriter;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.LongPredicate;

/**
 * What a reply says of a channel's past: some messages, and where it goes on after them.
 *
 * @param messages in order
 * @param offset up to which everything has been given with them
 * @param until up to where the rest comes as notifications; null if there is none
 * @param isResync whether some are missing that were asked for
 */
record Past(List<Entry> messages, long offset, @Nullable Long until, boolean isResync) {

    /** What a message takes in a reply beside itself, about. */
    private static final int FRAME_BYTES = 64;

    /**
     * As much as a reply may hold.
     *
     * @param all that there is, in order
     * @param end everything up to there is given with all of it
     * @param mayHold whether so many bytes more will do
     */
    static Past of(List<Entry> all, long end, boolean isResync, LongPredicate mayHold) {
        int count = 0;
        while (count < all.size()
                && mayHold.test(all.get(count).published().length() + FRAME_BYTES)) {
            count++;
        }
        if (count == all.size()) {
            return new Past(all, end, null, isResync);
        }
        return new Past(
                all.subList(0, count),
                all.get(count).number() - 1,
                all.getLast().number(),
                isResync);
    }

    /** Whether all of it is in the messages. */
    boolean isWhole() {
        return until == null;
    }

    /** Writes {@code "offset":…,"messages":[…]} and so on. */
    void write(Notifications notifications, JsonWriter out) {
        out.raw("\"offset\":").string(notifications.offset(offset)).raw(",\"messages\":[");
        String separator = "";
        for (Entry entry : messages) {
            JsonText value = entry.published().value();
            out.raw(separator)
                    .raw("{\"message\":")
                    .value(value)
                    .raw(",\"offset\":")
                    .string(notifications.offset(entry.number()))
                    .raw("}");
            separator = ",";
        }
        out.raw("]");
        if (isResync) {
            out.raw(",\"resync\":true");
        }
        if (until != null) {
            out.raw(",\"until\":").string(notifications.offset(until));
        }
    }
}
