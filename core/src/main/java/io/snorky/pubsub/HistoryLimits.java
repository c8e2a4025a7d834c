package io.snorky.pubsub;

import java.time.Duration;

/**
 * How much of a channel's past is kept: what is beyond any of the three goes, the oldest first.
 *
 * @param messages of the channel; more than zero
 * @param bytes about how much memory they may take; more than zero. The newest message is kept
 *     whatever it takes
 * @param age how old they may become; more than zero. Nobody is sent an older one as history, and
 *     they are gone some seconds later
 */
public record HistoryLimits(int messages, long bytes, Duration age) {

    /** 100 messages, 1 MiB, one hour. */
    public static final HistoryLimits DEFAULT =
            new HistoryLimits(100, 1L << 20, Duration.ofHours(1));

    public HistoryLimits {
        require(messages > 0, "messages", messages);
        require(bytes > 0, "bytes", bytes);
        require(age.isPositive(), "age", age);
    }

    private static void require(boolean holds, String name, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: more than zero)");
        }
    }

    /** The same with another number of messages. */
    public HistoryLimits withMessages(int newMessages) {
        return new HistoryLimits(newMessages, bytes, age);
    }

    /** The same with another number of bytes. */
    public HistoryLimits withBytes(long newBytes) {
        return new HistoryLimits(messages, newBytes, age);
    }

    /** The same with another age. */
    public HistoryLimits withAge(Duration newAge) {
        return new HistoryLimits(messages, bytes, newAge);
    }
}
