package io.snorky.server;

import io.snorky.CloseReason;
import io.snorky.server.transport.LoopConnection;
import io.snorky.server.transport.Presence;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/** The connections that are open, so that they can be told when the server stops. Threads: any. */
final class OpenConnections implements Presence {

    private final Set<LoopConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger sessions = new AtomicInteger();
    private final RandomGenerator random;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();

    /** Set when the server stops: who comes yet is told, too. */
    private volatile @Nullable Duration drainWindow;

    OpenConnections(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public void entered(LoopConnection connection) {
        open.add(connection);
        Duration window = drainWindow;
        if (window != null) {
            tell(connection, window);
        }
    }

    @Override
    public void left(LoopConnection connection) {
        if (open.remove(connection) && drainWindow != null && open.isEmpty()) {
            lock.lock();
            try {
                none.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public void sessionBegun() {
        sessions.incrementAndGet();
    }

    @Override
    public void sessionEnded() {
        sessions.decrementAndGet();
    }

    /** SockJS sessions over HTTP, also those whose clients have been told to go. */
    int sessions() {
        return sessions.get();
    }

    int size() {
        return open.size();
    }

    /**
     * Tells each that the server stops, and when to come back: at a moment of its own in a window,
     * so that they do not all come at once.
     */
    void drain(Duration window) {
        drainWindow = window;
        open.forEach(connection -> tell(connection, window));
    }

    private void tell(LoopConnection connection, Duration window) {
        long retry = window.isZero() ? 0 : random.nextLong(window.toMillis() + 1);
        connection.drain(new CloseReason(1001, "retry-after-ms=" + retry));
    }

    /** Waits until all are gone, or the time is over. */
    void awaitNone(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean interrupted = false;
        lock.lock();
        try {
            for (long left = timeout.toNanos(); left > 0 && !open.isEmpty(); ) {
                try {
                    none.awaitNanos(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                left = deadline - System.nanoTime();
            }
        } finally {
            lock.unlock();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
