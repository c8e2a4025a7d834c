package io.snorky.benchmarks.load;

import java.util.Locale;

/** What is measured. */
enum Figure {
    CPU_MICROS("CPU µs", 3, true),
    PER_SECOND("per second", 0, true),
    CPU_PERCENT("CPU % of one core", 1, true),
    P50_MICROS("p50 µs", 0, true),
    P99_MICROS("p99 µs", 0, true),
    KB_PER_CONNECTION("KB per connection", 2, true),
    KB_PER_FURTHER("KB per further one", 2, true),
    OPEN_CPU_MICROS("CPU µs to open one", 1, true),
    IDLE_CPU_PERCENT("CPU % while idle", 2, false),
    P99_STALLED_MICROS("p99 µs, one stalled", 0, true),
    RESIDENT_MB("resident MB", 0, false),
    HEAP_MB("heap MB", 1, false),
    HEAP_STALLED_MB("heap MB, one stalled", 1, false);

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
