package io.snorky.sync;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CancellationException;

/**
 * One run of a task, for code that wants to know whether it is still wanted:
 *
 * <pre>{@code
 * @Task void count() {
 *     TaskRun run = TaskRun.current();
 *     while (!run.isCancelled()) { ... }
 * }
 * }</pre>
 *
 * <p>To cancel a task interrupts its thread, too. But an interrupt is gone once somebody has caught
 * it, and concerns that one thread; this stays true, and may be handed to others.
 *
 * <p>Threads: any.
 */
public final class TaskRun {

    private static final TaskRun NONE = new TaskRun();
    private static final ThreadLocal<@Nullable TaskRun> CURRENT = new ThreadLocal<>();

    private volatile boolean cancelled;

    TaskRun() {}

    /**
     * What the running thread works for: in a {@link Task} and its {@link CancelHook}. Elsewhere
     * one that is never cancelled, so that actions and tasks can share code.
     */
    public static TaskRun current() {
        TaskRun run = CURRENT.get();
        return run == null ? NONE : run;
    }

    /** Whether a browser has cancelled it, or its object was closed, or its session has ended. */
    public boolean isCancelled() {
        return cancelled;
    }

    /**
     * Ends the task here if it has been cancelled.
     *
     * @throws CancellationException if so; the task lets it through
     */
    public void checkCancelled() {
        if (cancelled) {
            throw new CancellationException();
        }
    }

    void cancel() {
        cancelled = true;
    }

    /** Does something in the running thread, which is a new one and works for nothing else. */
    void begin(Runnable task) {
        CURRENT.set(this);
        task.run();
    }
}
