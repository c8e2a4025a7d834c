package io.snorky.server.oracle;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One run of the oracle test: its seed, whether it is calm or faults happen, what has happened.
 *
 * <p>Threads: any.
 */
final class Run {

    private final long seed;
    private final long startNanos = System.nanoTime();
    private final Map<Happening, LongAdder> counts = new EnumMap<>(Happening.class);
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean calm = true;
    private volatile boolean over;

    Run(long seed) {
        this.seed = seed;
        for (Happening happening : Happening.values()) {
            counts.put(happening, new LongAdder());
        }
    }

    /** Chance for one of those that take part. */
    Random randomFor(String whom) {
        return new Random(seed * 31 + whom.hashCode());
    }

    // --- What has happened

    void happened(Happening happening) {
        count(happening).increment();
    }

    long times(Happening happening) {
        return count(happening).sum();
    }

    @SuppressWarnings("NullAway") // there is one for each
    private LongAdder count(Happening happening) {
        return counts.get(happening);
    }

    /** Something that must not be. */
    void problem(String text) {
        problems.add(text);
    }

    Queue<String> problems() {
        return problems;
    }

    /** Since the run began, to be read by people. */
    String time() {
        return "+%.3f s".formatted((System.nanoTime() - startNanos) / 1e9);
    }

    // --- Faults

    /** From now on faults happen. */
    void unleash() {
        set(false, false);
    }

    /** From now on nothing goes wrong, and nobody is idle. */
    void calm() {
        set(true, false);
    }

    /** Ends it. */
    void end() {
        set(true, true);
    }

    private void set(boolean nowCalm, boolean nowOver) {
        lock.lock();
        try {
            calm = nowCalm;
            over = nowOver;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isCalm() {
        return calm;
    }

    boolean isOver() {
        return over;
    }

    /** Does nothing for a while, which is a fault, and therefore short as soon as it is calm. */
    void idle(Duration duration) throws InterruptedException {
        lock.lock();
        try {
            long left = duration.toNanos();
            while (!calm && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for faults to happen again. */
    void awaitFaults() throws InterruptedException {
        lock.lock();
        try {
            while (calm && !over) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** At random, up to so many milliseconds. */
    static Duration upTo(int millis, Random random) {
        return Duration.ofNanos(random.nextLong(TimeUnit.MILLISECONDS.toNanos(millis)));
    }
}
