package io.snorky.sync;

import io.snorky.Client;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The running tasks of an object. A name is free again when its task has ended, however that came.
 *
 * <p>Threads: any. The lock guards who runs; nothing of the application runs while it is held.
 */
final class Tasks {

    private static final Logger LOG = System.getLogger(Tasks.class.getName());

    /** What tasks tell their object. */
    interface Observer {

        /** Another task runs, or one less. */
        void changed();

        /** A task that a session started has thrown something. */
        void failed(SyncSession session, String name, Throwable failure);
    }

    private final Object target;
    private final Map<String, Exposure.Hook> cancelHooks;
    private final Observer observer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Run> running = new LinkedHashMap<>(); // guarded by lock
    private volatile List<String> names = List.of();
    private boolean closed; // guarded by lock

    Tasks(Object target, Map<String, Exposure.Hook> cancelHooks, Observer observer) {
        this.target = target;
        this.cancelHooks = cancelHooks;
        this.observer = observer;
    }

    /** The names of running tasks, in the order in which they were started. */
    List<String> names() {
        return names;
    }

    /** Starts a task for a session, unless it runs already. */
    void start(SyncSession session, Exposed task, @Nullable Object[] arguments) {
        var run = new Run(session, task, arguments);
        if (!enter(run)) {
            LOG.log(Level.INFO, "Task {0} runs already", task.name());
            return;
        }
        observer.changed();
        run.thread.start();
    }

    private boolean enter(Run run) {
        lock.lock();
        try {
            if (closed || running.putIfAbsent(run.task.name(), run) != null) {
                return false;
            }
            names = List.copyOf(running.keySet());
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Asks a task to stop, if it runs. */
    void cancel(String name) {
        lock.lock();
        try {
            Run run = running.get(name);
            if (run == null) {
                LOG.log(Level.INFO, "Task {0} does not run and cannot be cancelled", name);
            } else {
                run.cancel();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Asks all to stop; none is started any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            running.values().forEach(Run::cancel);
        } finally {
            lock.unlock();
        }
    }

    private final class Run implements Runnable {

        private final SyncSession session;
        private final Exposed task;
        private final @Nullable Object[] arguments;
        private final @Nullable Client asker = Ambient.asker().orElse(null);
        private final Thread thread;
        private final TaskRun wanted = new TaskRun();
        private boolean ended; // guarded by lock

        Run(SyncSession session, Exposed task, @Nullable Object[] arguments) {
            this.session = session;
            this.task = task;
            this.arguments = arguments;
            thread = Thread.ofVirtual().name("snorky-task-" + task.name()).unstarted(this);
        }

        /** With the lock. What runs after the method itself is not interrupted. */
        void cancel() {
            if (!ended && !wanted.isCancelled()) {
                wanted.cancel();
                thread.interrupt();
            }
        }

        @Override
        public void run() {
            Ambient.run(session, asker, () -> wanted.begin(this::callAndLeave));
        }

        private void callAndLeave() {
            try {
                call();
                end();
                if (wanted.isCancelled()) {
                    callHook();
                }
            } finally {
                leave();
                observer.changed();
            }
        }

        @SuppressWarnings("Interruption") // whoever swallows it here is the end of the thread
        private void call() {
            if (wanted.isCancelled()) {
                return;
            }
            try {
                task.call(target, arguments);
            } catch (Throwable e) {
                if (wanted.isCancelled()) {
                    LOG.log(Level.DEBUG, () -> "Task " + task.name() + " was cancelled: " + e);
                } else {
                    observer.failed(session, task.name(), e);
                }
            }
        }

        private void end() {
            lock.lock();
            try {
                ended = true;
            } finally {
                lock.unlock();
            }
            boolean wasLate = Thread.interrupted(); // or the hook would find it
            if (wasLate) {
                LOG.log(Level.DEBUG, "Task {0} did not see that it was cancelled", task.name());
            }
        }

        private void callHook() {
            Exposure.Hook hook = cancelHooks.get(task.name());
            if (hook == null) {
                return;
            }
            try {
                hook.run(target);
            } catch (Exception e) {
                LOG.log(Level.ERROR, "The cancel hook of task " + task.name() + " failed", e);
            }
        }

        private void leave() {
            lock.lock();
            try {
                running.remove(task.name(), this);
                names = List.copyOf(running.keySet());
            } finally {
                lock.unlock();
            }
        }
    }
}
