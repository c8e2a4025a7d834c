package io.snorky.testkit;

import io.snorky.Message;
import io.snorky.Scheduler;
import io.snorky.transport.Connection;
import io.snorky.transport.EventLoop;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The event loop of one client, or of some. It has no thread of its own: what it is handed runs at
 * once in the thread that brings it, or, while another thread runs something, right after that.
 *
 * <p>Threads: any; tasks run one at a time, in the order in which they were handed over.
 */
final class MemoryLoop implements EventLoop {

    private static final Logger LOG = System.getLogger(MemoryLoop.class.getName());

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    /** Tasks handed over and not finished. Whoever raises it from zero runs them. */
    private final AtomicInteger pending = new AtomicInteger();

    private final Scheduler scheduler;

    MemoryLoop(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public void deliver(Message message, Connection to) {
        execute(() -> ((MemoryConnection) to).take(message));
    }

    @Override
    public void deliver(Message message, Connection[] to) {
        execute(() -> {
            for (Connection each : to) {
                ((MemoryConnection) each).take(message);
            }
        });
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (pending.getAndIncrement() == 0) {
            do {
                runNext();
            } while (pending.decrementAndGet() > 0);
        }
    }

    @Override
    public Scheduler.Timer schedule(Duration delay, Runnable task) {
        return scheduler.schedule(delay, () -> execute(task));
    }

    /** There may be none: one is queued before it is counted, and another may have run it. */
    private void runNext() {
        Runnable task = tasks.poll();
        if (task == null) {
            return;
        }
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "A task failed", e);
        }
    }
}
