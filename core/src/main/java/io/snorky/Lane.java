package io.snorky;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs tasks one at a time, in the order in which they were handed over. A task that does not block
 * runs at once in the thread that brings it, if nothing is before it; a task that may block runs on
 * a virtual thread, and so does what queues behind it.
 *
 * <p>A task that goes on elsewhere may {@link #hold} the lane until it is done.
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

    /** A task that is not done when it returns. */
    private final class Hold implements Runnable {

        private final Executor goesOn;
        private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);

        Hold(Executor goesOn) {
            this.goesOn = goesOn;
        }

        /** The task has returned. Whether it is not done yet. */
        boolean keeps() {
            return state.compareAndSet(State.RUNNING, State.RETURNED);
        }

        /** The task is done. */
        @Override
        public void run() {
            if (state.getAndSet(State.DONE) == State.RETURNED) {
                goesOn.execute(Lane.this::goOn);
            }
        }
    }

    private enum State {
        RUNNING,
        RETURNED,
        DONE
    }

    /** That of the task that runs. Owned by whoever runs the lane. */
    private @Nullable Hold hold;

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
            if (!isHeld()) {
                goOn();
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

    /**
     * Has the lane wait, when the task that runs returns, until that is done. To be called by the
     * task.
     *
     * @param goesOn runs what waits then, without waiting itself
     * @return says that it is done; to be run once, by any thread
     */
    Runnable hold(Executor goesOn) {
        var begun = new Hold(goesOn);
        hold = begun;
        return begun;
    }

    private boolean isHeld() {
        Hold of = hold;
        hold = null;
        return of != null && of.keeps();
    }

    /** A task is done. */
    private void goOn() {
        if (pending.decrementAndGet() > 0) {
            runWaiting(RUN_FOR_OTHERS);
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
            if (!runNext()) {
                return;
            }
        }
        goOnElsewhere();
    }

    private void runAll() {
        while (runNext()) {}
    }

    /**
     * The queue may be empty although a task is pending: a task is queued before it is counted, and
     * may have been taken by whoever ran the lane in between.
     *
     * @return whether there is more to do for who runs the lane
     */
    private boolean runNext() {
        Runnable task = queue.poll();
        if (task != null) {
            runGuarded(task);
            if (isHeld()) {
                return false;
            }
        }
        return pending.decrementAndGet() > 0;
    }

    private static void runGuarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "A task failed", e);
        }
    }
}
