package io.snorky.server;

import io.snorky.CloseReason;
import io.snorky.server.websocket.WebSocketConnection;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The connections that are open, so that they can be told when the server stops. Threads: any. */
final class OpenConnections {

    private final Set<WebSocketConnection> open = ConcurrentHashMap.newKeySet();
    private final RandomGenerator random;

    /** Set when the server stops: who comes yet is told, too. */
    private volatile @Nullable Duration drainWindow;

    OpenConnections(RandomGenerator random) {
        this.random = random;
    }

    void add(WebSocketConnection connection) {
        open.add(connection);
        Duration window = drainWindow;
        if (window != null) {
            tell(connection, window);
        }
        connection.closeFuture().addListener(done -> open.remove(connection));
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

    private void tell(WebSocketConnection connection, Duration window) {
        long retry = window.isZero() ? 0 : random.nextLong(window.toMillis() + 1);
        connection.drain(new CloseReason(1001, "retry-after-ms=" + retry));
    }

    /** Waits until all are gone, or the time is over. */
    void awaitNone(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        for (WebSocketConnection connection : open) {
            long left = deadline - System.nanoTime();
            if (left <= 0
                    || !connection.closeFuture().awaitUninterruptibly(left, TimeUnit.NANOSECONDS)) {
                return;
            }
        }
    }
}
