package io.snorky.server.http;

import io.netty.util.concurrent.Future;
import io.snorky.server.transport.NettyLoop;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Ends the wait for requests that come too slowly, or not at all. As a rule they come in time, and
 * put off what is due; the timer is left to find that out.
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
    private boolean isAwaiting;
    private boolean isFirst;
    private long due;
    private long timerDue;

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

    /** Nothing is awaited for now. */
    void pause() {
        isAwaiting = false;
    }

    /** Nothing is awaited any more. */
    void stop() {
        pause();
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void start(Duration timeout, boolean first) {
        isAwaiting = true;
        isFirst = first;
        due = System.nanoTime() + timeout.toNanos();
        if (timer != null && timerDue - due > 0) {
            timer.cancel(false);
            timer = null;
        }
        if (timer == null) {
            startTimer(timeout.toNanos());
        }
    }

    private void startTimer(long nanos) {
        timerDue = due;
        timer = loop.executor().schedule(this::timeIsUp, nanos, TimeUnit.NANOSECONDS);
    }

    private void timeIsUp() {
        timer = null;
        long left = due - System.nanoTime();
        if (!isAwaiting) {
            return;
        }
        if (left > 0) {
            startTimer(left);
        } else {
            isAwaiting = false;
            onTimeout.run(isFirst);
        }
    }
}
