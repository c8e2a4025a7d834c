package io.snorky.server;

import java.time.Duration;
import java.util.Set;

/**
 * How a WebSocket endpoint treats its connections.
 *
 * @param pingInterval between two pings; zero for none. A connection on which two pings in a row
 *     brought nothing back is cut when the third is due
 * @param inbound what a client may send
 * @param outbound what may wait to be sent to it
 * @param compression whether messages are compressed
 * @param allowedOrigins pages of other hosts that may connect: {@code https://example.org}, {@code
 *     https://*.example.org} for its sub-domains, {@code *} for all. Pages of the same host,
 *     whatever its port, and peers that are no browsers always may
 */
public record WebSocketOptions(
        Duration pingInterval,
        InboundLimits inbound,
        OutboundLimits outbound,
        CompressionOptions compression,
        Set<String> allowedOrigins) {

    /** A ping every 90 s, default limits, no compression, no other origins. */
    public static final WebSocketOptions DEFAULT =
            new WebSocketOptions(
                    Duration.ofSeconds(90),
                    InboundLimits.DEFAULT,
                    OutboundLimits.DEFAULT,
                    CompressionOptions.OFF,
                    Set.of());

    public WebSocketOptions {
        if (pingInterval.isNegative()) {
            throw new IllegalArgumentException(
                    "pingInterval: " + pingInterval + " (expected: zero or more)");
        }
        allowedOrigins = Set.copyOf(allowedOrigins);
    }

    /** The same with another ping interval. */
    public WebSocketOptions withPingInterval(Duration interval) {
        return new WebSocketOptions(interval, inbound, outbound, compression, allowedOrigins);
    }

    /** The same with other limits for what clients send. */
    public WebSocketOptions withInbound(InboundLimits limits) {
        return new WebSocketOptions(pingInterval, limits, outbound, compression, allowedOrigins);
    }

    /** The same with other limits for what waits to be sent. */
    public WebSocketOptions withOutbound(OutboundLimits limits) {
        return new WebSocketOptions(pingInterval, inbound, limits, compression, allowedOrigins);
    }

    /** The same with another bound for messages. */
    public WebSocketOptions withMaxMessageBytes(int bytes) {
        return withInbound(inbound.withMaxMessageBytes(bytes));
    }

    /** The same with another bound for what waits to be sent. */
    public WebSocketOptions withMaxOutboundBytes(int bytes) {
        return withOutbound(new OutboundLimits(bytes, outbound.stallTimeout()));
    }

    /** The same with or without compression. */
    public WebSocketOptions withCompression(CompressionOptions options) {
        return new WebSocketOptions(pingInterval, inbound, outbound, options, allowedOrigins);
    }

    /** The same with other allowed origins. */
    public WebSocketOptions withAllowedOrigins(String... origins) {
        return new WebSocketOptions(pingInterval, inbound, outbound, compression, Set.of(origins));
    }
}
