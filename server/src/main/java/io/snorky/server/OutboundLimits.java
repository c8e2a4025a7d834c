package io.snorky.server;

import java.time.Duration;

/**
 * What may wait to be sent to a client that reads slowly.
 *
 * @param maxBytes that may wait; beyond, what is to be done is the policy of the service that
 *     sends, and where there is none the connection is closed with code 4400
 * @param stallTimeout how long a connection may take nothing at all while something waits; then it
 *     is cut
 */
public record OutboundLimits(int maxBytes, Duration stallTimeout) {

    /** 1 MiB, 30 s. */
    public static final OutboundLimits DEFAULT =
            new OutboundLimits(1 << 20, Duration.ofSeconds(30));

    public OutboundLimits {
        Checks.positive("maxBytes", maxBytes);
        Checks.positive("stallTimeout", stallTimeout);
    }
}
