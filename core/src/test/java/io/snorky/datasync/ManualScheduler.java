package io.snorky.datasync;

import io.snorky.Scheduler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A scheduler whose clock the test moves. Threads: one at a time. */
final class ManualScheduler implements Scheduler {

    private record Entry(Duration due, Runnable task) {}

    private final List<Entry> entries = new ArrayList<>();
    private Duration now = Duration.ZERO;

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        var entry = new Entry(now.plus(delay), task);
        entries.add(entry);
        return () -> entries.remove(entry);
    }

    int waiting() {
        return entries.size();
    }

    void advance(Duration time) {
        now = now.plus(time);
        for (Entry entry : List.copyOf(entries)) {
            if (entry.due.compareTo(now) <= 0 && entries.remove(entry)) {
                entry.task.run();
            }
        }
    }
}
