package io.snorky;

import java.time.Duration;

/**
 * Does things later.
 *
 * <p>Threads: any. Tasks run on the scheduler's own thread and must be short.
 */
public interface Scheduler {

    /** A task that waits for its time. */
    interface Timer {

        /** Calls it off, unless it has begun. */
        void cancel();
    }

    /** Runs a task once, after a delay. */
    Timer schedule(Duration delay, Runnable task);

    /** The scheduler of this process: one daemon thread. */
    static Scheduler system() {
        return SystemScheduler.INSTANCE;
    }
}
