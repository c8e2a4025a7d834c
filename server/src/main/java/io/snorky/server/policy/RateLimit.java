package io.snorky.server.policy;

import io.snorky.server.InboundLimits;

/**
 * Two token buckets, for messages and for bytes, each holding a second's worth. A bucket is one
 * number: the time at which it will be full again.
 *
 * <p>Threads: one at a time. Times are in nanoseconds.
 */
public final class RateLimit {

    private static final long SECOND = 1_000_000_000;

    private final InboundLimits limits;
    private long messagesFullAt;
    private long bytesFullAt;
    private long overSince = Long.MIN_VALUE;

    /** With a second's worth of room from now on. */
    public RateLimit(InboundLimits limits, long now) {
        this.limits = limits;
        messagesFullAt = now;
        bytesFullAt = now;
    }

    /**
     * Takes what has come.
     *
     * @return how long to take no more; zero if there is room
     */
    public long take(int messages, long bytes, long now) {
        messagesFullAt =
                later(messagesFullAt, now) + messages * SECOND / limits.messagesPerSecond();
        bytesFullAt = later(bytesFullAt, now) + bytes * SECOND / limits.bytesPerSecond();
        long wait = Math.max(messagesFullAt - now, bytesFullAt - now) - SECOND;
        if (wait <= 0) {
            overSince = Long.MIN_VALUE;
            return 0;
        }
        if (overSince == Long.MIN_VALUE) {
            overSince = now;
        }
        return wait;
    }

    /** Whether it has been over the rate, again and again, for longer than there is patience. */
    public boolean isHopeless(long now) {
        return overSince != Long.MIN_VALUE && now - overSince > limits.patience().toNanos();
    }

    private static long later(long a, long b) {
        return a - b > 0 ? a : b;
    }
}
