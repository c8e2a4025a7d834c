package io.snorky.datasync;

import java.time.Duration;

/**
 * How much of the past a log in memory keeps: whatever is beyond any of the three goes, the oldest
 * first.
 *
 * @param entries deltas; more than zero
 * @param bytes about how much memory they may take; more than zero. The newest batch is kept
 *     whatever it takes
 * @param age how old they may become; more than zero. They go when the next batch comes
 */
public record DeltaLogLimits(int entries, long bytes, Duration age) {

    /** 100,000 deltas, 64 MiB, one hour. */
    public static final DeltaLogLimits DEFAULT =
            new DeltaLogLimits(100_000, 64L << 20, Duration.ofHours(1));

    public DeltaLogLimits {
        require(entries > 0, "entries", entries);
        require(bytes > 0, "bytes", bytes);
        require(age.isPositive(), "age", age);
    }

    private static void require(boolean holds, String name, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: more than zero)");
        }
    }

    /** The same with another number of entries. */
    public DeltaLogLimits withEntries(int newEntries) {
        return new DeltaLogLimits(newEntries, bytes, age);
    }

    /** The same with another number of bytes. */
    public DeltaLogLimits withBytes(long newBytes) {
        return new DeltaLogLimits(entries, newBytes, age);
    }

    /** The same with another age. */
    public DeltaLogLimits withAge(Duration newAge) {
        return new DeltaLogLimits(entries, bytes, newAge);
    }
}
