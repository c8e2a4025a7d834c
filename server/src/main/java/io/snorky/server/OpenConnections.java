package io.snorky.server;

import io.snorky.CloseReason;
import io.snorky.server.websocket.WebSocketConnection;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The connections that are open, so that they can be told when the server stops. Threads: any. */
final class OpenConnections {

    private final Set<WebSocketConnection> open = ConcurrentHashMap.newKeySet();

    void add(WebSocketConnection connection) {
        open.add(connection);
        connection.closeFuture().addListener(done -> open.remove(connection));
    }

    void closeAll(CloseReason reason) {
        open.forEach(connection -> connection.close(reason));
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
