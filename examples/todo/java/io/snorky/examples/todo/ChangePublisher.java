package io.snorky.examples.todo;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Tells the Snorky server about committed changes, those of one task in the order in which they
 * were given, without holding up the requests that made them.
 *
 * <p>While a message is on its way, or the server cannot be reached, further changes wait; those of
 * one task become a single change from the state that subscribers know to the newest. So no more
 * wait than there are tasks, known to subscribers or in the list, and nothing has to be thrown away
 * however long the server is gone. A message that got no answer is sent again: a change may arrive
 * twice, which is harmless because it carries the whole row.
 *
 * <p>Threads: may be shared. {@code lock} guards {@code waiting} and {@code closing}; one thread of
 * its own sends, holding no lock.
 */
final class ChangePublisher implements Consumer<List<TaskChange>>, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ChangePublisher.class.getName());
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);
    private static final Duration CLOSING_TIME = Duration.ofSeconds(3);

    private final SnorkyBackend snorky;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private Map<UUID, TaskChange> waiting = new LinkedHashMap<>();
    private boolean closing;
    private final Thread sender;

    ChangePublisher(SnorkyBackend snorky) {
        this.snorky = snorky;
        sender = Thread.ofVirtual().name("todo-publisher").start(this::sendAll);
    }

    /** Puts changes into the queue; returns at once. */
    @Override
    public void accept(List<TaskChange> changes) {
        lock.lock();
        try {
            for (TaskChange change : changes) {
                // Where nothing is left the entry goes; else it keeps its place in the queue.
                waiting.merge(change.id(), change, TaskChange::then);
            }
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Sends what waits, if that takes no longer than 3 seconds. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            news.signal();
        } finally {
            lock.unlock();
        }
        try {
            if (!sender.join(CLOSING_TIME)) {
                sender.interrupt();
                sender.join();
            }
        } catch (InterruptedException interrupted) {
            sender.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void sendAll() {
        List<TaskChange> batch = List.of();
        try {
            for (batch = next(); !batch.isEmpty(); batch = next()) {
                send(batch);
            }
        } catch (InterruptedException interrupted) {
            dropped(batch.size() + left(), "there was no time left to send them");
        }
    }

    private int left() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for changes; empty when there are none and there will be none. */
    private List<TaskChange> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !closing) {
                news.await();
            }
            var batch = List.copyOf(waiting.values());
            waiting = new LinkedHashMap<>();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void send(List<TaskChange> batch) throws InterruptedException {
        var deltas = new ArrayList<Map<String, Object>>();
        batch.forEach(change -> deltas.add(change.toDelta()));
        Duration pause = FIRST_RETRY;
        int failures = 0;
        while (!accepted(deltas, failures)) {
            failures++;
            if (endsWithin(pause)) {
                dropped(batch.size(), "this application is ending");
                return;
            }
            pause = min(pause.multipliedBy(2), LONGEST_RETRY);
        }
    }

    /** Tries once; false if it is worth trying again. */
    private boolean accepted(List<Map<String, Object>> deltas, int failures)
            throws InterruptedException {
        try {
            snorky.publishDeltas(deltas);
            if (failures > 0) {
                LOG.log(Level.INFO, "changes are published again, after {0} failures", failures);
            }
            return true;
        } catch (SnorkyException failure) {
            if (failure.isRefused()) {
                dropped(deltas.size(), failure.getMessage());
                return true;
            }
            if (failures == 0) {
                LOG.log(
                        Level.WARNING,
                        "changes wait until the Snorky server takes them: {0}",
                        failure.getMessage());
            }
            return false;
        }
    }

    /** Waits this long, or less if the application ends meanwhile; says whether it does. */
    private boolean endsWithin(Duration pause) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = pause.toNanos();
            while (nanos > 0 && !closing) {
                nanos = news.awaitNanos(nanos);
            }
            return closing;
        } finally {
            lock.unlock();
        }
    }

    private static void dropped(int changes, @Nullable String reason) {
        LOG.log(Level.ERROR, "the Snorky server was not told of {0} changes: {1}", changes, reason);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
