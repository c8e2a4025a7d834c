package io.snorky.pubsub;

import io.snorky.Message;

import org.jspecify.annotations.Nullable;

/**
 * A message in the log of its channel.
 *
 * <p>Threads: any.
 */
final class Entry {

    private static final int BYTES = 320;

    private final long number;
    private final Published published;
    private volatile @Nullable Message withOffset;

    /**
     * @param number of the message among all of the service that are in logs
     */
    Entry(long number, Published published) {
        this.number = number;
        this.published = published;
    }

    long number() {
        return number;
    }

    Published published() {
        return published;
    }

    /**
     * For those who know of offsets; encoded when first asked for. Two that ask at the same time
     * may both encode it.
     */
    Message withOffset(Notifications notifications) {
        Message message = withOffset;
        if (message == null) {
            message = notifications.withOffset(published, number);
            withOffset = message;
        }
        return message;
    }

    /** About how much memory it takes, with both notifications. */
    long bytes() {
        return BYTES + 2L * published.utf8().length;
    }
}
