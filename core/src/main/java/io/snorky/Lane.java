package io.snorky;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks one at a time, in the order in which they were handed over. A task that does not block
 * runs at once in the thread that brings it, if nothing is before it; a task that may block runs on
 * a virtual thread, and so does what queues behind it.
 *
 * <p>Threads: any thread may hand over a task. What a task reads and writes is visible to the next.
 */
public final class Lane {

    private static final Logger LOG = System.getLogger(Lane.class.getName());

    /**
     * Tasks of others that a thread runs in a row before it leaves the rest to a virtual thread.
     */
    private static final int RUN_FOR_OTHERS = 64;

    private record Blocking(Runnable task) implements Runnable {
        @Override
        public void run() {
            task.run();
        }
    }

    /** Tasks handed over and not finished. Whoever raises it from zero runs the lane. */
    private final AtomicInteger pending = new AtomicInteger();

    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();

    /** A lane with nothing to do. */
    public Lane() {}

    /** Tasks that were handed over and have not ended. */
    public int pending() {
        return pending.get();
    }

    /** Runs a task that does not block. */
    public void execute(Runnable task) {
        if (pending.compareAndSet(0, 1)) {
            runGuarded(task);
            if (pending.decrementAndGet() > 0) {
                runWaiting(RUN_FOR_OTHERS);
            }
        } else {
            queue.add(task);
            if (pending.getAndIncrement() == 0) {
                runWaiting(RUN_FOR_OTHERS);
            }
        }
    }

    /** Runs a task that may block, on a virtual thread. */
    public void executeBlocking(Runnable task) {
        queue.add(new Blocking(task));
        if (pending.getAndIncrement() == 0) {
            goOnElsewhere();
        }
    }

    private void goOnElsewhere() {
        Thread.ofVirtual().name("snorky-lane").start(this::runAll);
    }

    private void runWaiting(int budget) {
        for (int i = 0; i < budget; i++) {
            if (queue.peek() instanceof Blocking) {
                break;
            }
            if (runNext() == 0) {
                return;
            }
        }
        goOnElsewhere();
    }

    private void runAll() {
        while (runNext() > 0) {}
    }

    /**
     * The queue may be empty although a task is pending: a task is queued before it is counted, and
     * may have been taken by whoever ran the lane in between.
     *
     * @return tasks still pending
     */
    private int runNext() {
        Runnable task = queue.poll();
        if (task != null) {
            runGuarded(task);
        }
        return pending.decrementAndGet();
    }

    private static void runGuarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "A task failed", e);
        }
    }
}
