package io.snorky.pubsub;

import io.snorky.Scheduler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A clock and scheduler that the test moves. Threads: one at a time. */
final class Clock implements Scheduler {

    private record Entry(Duration due, Runnable task) {}

    private final List<Entry> entries = new ArrayList<>();
    private Duration now = Duration.ZERO;

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        var entry = new Entry(now.plus(delay), task);
        entries.add(entry);
        return () -> entries.remove(entry);
    }

    long nanos() {
        return now.toNanos();
    }

    /** Time passes, and nothing that is due happens. */
    void passes(Duration time) {
        now = now.plus(time);
    }

    void advance(Duration time) {
        passes(time);
        for (Entry entry : List.copyOf(entries)) {
            if (entry.due.compareTo(now) <= 0 && entries.remove(entry)) {
                entry.task.run();
            }
        }
    }
}
