package io.snorky.server.http;

import io.netty.util.concurrent.Future;
import io.snorky.server.transport.NettyLoop;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Ends the wait for requests that come too slowly, or not at all.
 *
 * <p>Threads: owned by its event loop.
 */
final class RequestWatch {

    /** What to do when the time is over. */
    @FunctionalInterface
    interface OnTimeout {

        /**
         * @param isFirst whether not even one request has come
         */
        void run(boolean isFirst);
    }

    private final NettyLoop loop;
    private final Duration requestTimeout;
    private final Duration idleTimeout;
    private final OnTimeout onTimeout;
    private @Nullable Future<?> timer;

    RequestWatch(
            NettyLoop loop, Duration requestTimeout, Duration idleTimeout, OnTimeout onTimeout) {
        this.loop = loop;
        this.requestTimeout = requestTimeout;
        this.idleTimeout = idleTimeout;
        this.onTimeout = onTimeout;
    }

    /** The first request is awaited. */
    void firstRequest() {
        start(requestTimeout, true);
    }

    /** A request's body is awaited. */
    void body() {
        start(requestTimeout, false);
    }

    /** Another request is awaited. */
    void nextRequest() {
        start(idleTimeout, false);
    }

    /** Nothing is awaited. */
    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void start(Duration timeout, boolean isFirst) {
        stop();
        timer =
                loop.executor()
                        .schedule(
                                () -> onTimeout.run(isFirst),
                                timeout.toMillis(),
                                TimeUnit.MILLISECONDS);
    }
}
