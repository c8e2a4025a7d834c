package io.snorky.server.wire;

import static org.awaitility.Awaitility.await;

import io.snorky.Scheduler;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Does things when the test says so. */
public final class ManualScheduler implements Scheduler {

    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    /** Does what is next, and waits until that has found out what is to be done after it. */
    public void runNext() {
        tasks.remove().run();
        await().until(() -> !tasks.isEmpty());
    }
}
