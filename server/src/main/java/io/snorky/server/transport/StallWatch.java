package io.snorky.server.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Notices a connection that takes nothing while something waits for it: what is first in line must
 * have moved by the time it looks again. Costs a timer only while something waits.
 *
 * <p>Threads: owned by the channel's event loop.
 */
public final class StallWatch {

    private final Channel channel;
    private final Duration timeout;
    private final Runnable onStall;
    private @Nullable Future<?> timer;

    /**
     * @param timeout in which something must move
     * @param onStall what to do if nothing has
     */
    public StallWatch(Channel channel, Duration timeout, Runnable onStall) {
        this.channel = channel;
        this.timeout = timeout;
        this.onStall = onStall;
    }

    /** To be called after each flush. */
    public void look() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        Object first = timer != null || buffer == null ? null : buffer.current();
        if (buffer != null && first != null) {
            long progress = buffer.currentProgress();
            timer =
                    channel.eventLoop()
                            .schedule(
                                    () -> lookAgain(first, progress),
                                    timeout.toMillis(),
                                    TimeUnit.MILLISECONDS);
        }
    }

    @SuppressWarnings("ReferenceEquality") // equal content does not make it the same message
    private void lookAgain(Object first, long progress) {
        timer = null;
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        if (buffer != null && buffer.current() == first && buffer.currentProgress() == progress) {
            onStall.run();
        } else {
            look();
        }
    }

    /** Looks no more. */
    public void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
