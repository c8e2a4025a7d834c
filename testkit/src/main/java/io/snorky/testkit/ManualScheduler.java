package io.snorky.testkit;

import io.snorky.Scheduler;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A scheduler whose time the test moves. It begins at the start of 2026 and stands still until it
 * is told to {@link #advance}.
 *
 * <p>Threads: any. Tasks run in the thread that advances.
 */
public final class ManualScheduler implements Scheduler {

    private record Entry(Instant due, long number, Runnable task) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = due.compareTo(other.due);
            return byTime == 0 ? Long.compare(number, other.number) : byTime;
        }
    }

    private final class MovedClock extends Clock {

        private final ZoneId zone;

        MovedClock(ZoneId zone) {
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId newZone) {
            return new MovedClock(newZone);
        }

        @Override
        public Instant instant() {
            return now();
        }
    }

    private final ReentrantLock lock = new ReentrantLock(); // guards what follows
    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long count;

    /** A scheduler with nothing to do. */
    public ManualScheduler() {}

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        lock.lock();
        try {
            var entry = new Entry(now.plus(delay), count++, task);
            entries.add(entry);
            return () -> cancel(entry);
        } finally {
            lock.unlock();
        }
    }

    private void cancel(Entry entry) {
        lock.lock();
        try {
            entries.remove(entry);
        } finally {
            lock.unlock();
        }
    }

    /** Tasks that wait for their time. */
    public int waiting() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    /** A clock that shows the scheduler's time, in UTC. */
    public Clock clock() {
        return new MovedClock(ZoneOffset.UTC);
    }

    /**
     * Lets time pass: what is due until then runs, in order, each task at its time, also tasks that
     * these schedule.
     *
     * @param time zero or more
     */
    public void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time: " + time + " (expected: zero or more)");
        }
        Instant until = now().plus(time);
        for (Entry due = nextDue(until); due != null; due = nextDue(until)) {
            due.task.run();
        }
    }

    private @Nullable Entry nextDue(Instant until) {
        lock.lock();
        try {
            Entry next = entries.peek();
            if (next == null || next.due.isAfter(until)) {
                now = until.isAfter(now) ? until : now;
                return null;
            }
            entries.remove();
            now = next.due.isAfter(now) ? next.due : now;
            return next;
        } finally {
            lock.unlock();
        }
    }

    private Instant now() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }
}
