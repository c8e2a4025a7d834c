package io.snorky.log;

import java.time.Duration;

/**
 * How much of the past is kept; each more than zero.
 *
 * @param entries of them
 * @param bytes as whoever appends says; the newest batch is kept whatever it takes
 * @param age how old they may become
 */
public record LogLimits(int entries, long bytes, Duration age) {

    public LogLimits {
        require(entries > 0, "entries", entries);
        require(bytes > 0, "bytes", bytes);
        require(age.isPositive(), "age", age);
    }

    private static void require(boolean holds, String name, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: more than zero)");
        }
    }
}
