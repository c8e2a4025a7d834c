package io.snorky.server.websocket;

import io.netty.util.concurrent.Future;
import io.snorky.server.transport.NettyLoop;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Ends the wait for a message that has begun and does not end. Bytes that come one by one do not
 * help; only a message that is complete does.
 *
 * <p>Threads: owned by its event loop.
 */
final class MessageWatch {

    private final NettyLoop loop;
    private final FrameReader frames;
    private final Duration timeout;
    private final Runnable onTimeout;
    private @Nullable Future<?> timer;

    /**
     * @param timeout in which a message must be complete
     * @param onTimeout what to do if it is not
     */
    MessageWatch(NettyLoop loop, FrameReader frames, Duration timeout, Runnable onTimeout) {
        this.loop = loop;
        this.frames = frames;
        this.timeout = timeout;
        this.onTimeout = onTimeout;
    }

    /** To be called when something has been read, or may be read again. */
    void look() {
        if (frames.isWithinMessage() != (timer != null)) {
            if (timer == null) {
                start();
            } else {
                stop();
            }
        }
    }

    private void start() {
        long complete = frames.completeMessages();
        timer =
                loop.executor()
                        .schedule(
                                () -> lookAgain(complete),
                                timeout.toMillis(),
                                TimeUnit.MILLISECONDS);
    }

    private void lookAgain(long completeBefore) {
        timer = null;
        if (frames.completeMessages() == completeBefore) {
            onTimeout.run();
        } else {
            start(); // it is in the middle of another one
        }
    }

    /** Looks no more, until it is called again. */
    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
