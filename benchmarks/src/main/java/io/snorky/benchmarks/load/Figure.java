package io.snorky.benchmarks.load;

import java.util.Locale;

/** What is measured. */
enum Figure {
    CPU_MICROS("CPU µs", 3, true),
    MESSAGE_BYTES("bytes each", 1, false),
    CONFLATED_PERCENT("% of several changes", 2, false),
    PER_SECOND("per second", 0, true),
    CPU_PERCENT("CPU % of one core", 1, true),
    P50_MICROS("p50 µs", 0, true),
    P99_MICROS("p99 µs", 0, true),
    KB_PER_CONNECTION("KB per connection", 2, true),
    KB_PER_FURTHER("KB per further one", 2, true),
    OPEN_CPU_MICROS("CPU µs to open one", 1, true),
    OPEN_MILLIS("ms until all have it", 0, false),
    IDLE_CPU_PERCENT("CPU % while idle", 2, false),
    CPU_STALLED_MICROS("CPU µs, one stalled", 3, true),
    P99_STALLED_MICROS("p99 µs, one stalled", 0, true),
    STALLED_STATES("states to that one", 0, false),
    STALLED_PATCHES("patches to that one", 0, false),
    RESIDENT_MB("resident MB", 0, false),
    RESIDENT_STALLED_MB("resident MB, one stalled", 0, false),
    PEAK_RESIDENT_MB("resident MB at most", 0, false),
    HEAP_MB("heap MB", 1, false),
    HEAP_STALLED_MB("heap MB, one stalled", 1, false),
    PEAK_HEAP_MB("heap MB at most", 1, false);

    private final String heading;
    private final int decimals;
    private final boolean compared;

    Figure(String heading, int decimals, boolean compared) {
        this.heading = heading;
        this.decimals = decimals;
        this.compared = compared;
    }

    /** The heading of its column. */
    String heading() {
        return heading;
    }

    /** Whether ours is to be divided by a peer's. */
    boolean isCompared() {
        return compared;
    }

    String format(double value) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
