package io.snorky.server;

import java.time.Duration;
import java.util.Set;

/**
 * How a WebSocket endpoint treats its connections.
 *
 * @param pingInterval between two pings; zero for none. A connection on which two pings in a row
 *     brought nothing back is closed when the third is due
 * @param maxMessageBytes of a message from a client; a larger one closes its connection with code
 *     1009
 * @param maxOutboundBytes that may wait to be sent to a client; one that reads too slowly for more
 *     is hung up on
 * @param allowedOrigins pages of other hosts that may connect, as {@code https://example.org}; or
 *     {@code *} for all. Pages of the same host, whatever its port, and peers that are no browsers
 *     always may
 */
public record WebSocketOptions(
        Duration pingInterval,
        int maxMessageBytes,
        int maxOutboundBytes,
        Set<String> allowedOrigins) {

    /** A ping every 90 s, messages of 10 MiB, 8 MiB waiting, no other origins. */
    public static final WebSocketOptions DEFAULT =
            new WebSocketOptions(Duration.ofSeconds(90), 10 << 20, 8 << 20, Set.of());

    public WebSocketOptions {
        if (pingInterval.isNegative()) {
            throw new IllegalArgumentException(
                    "pingInterval: " + pingInterval + " (expected: zero or more)");
        }
        requirePositive("maxMessageBytes", maxMessageBytes);
        requirePositive("maxOutboundBytes", maxOutboundBytes);
        allowedOrigins = Set.copyOf(allowedOrigins);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: more than zero)");
        }
    }

    /** The same with another ping interval. */
    public WebSocketOptions withPingInterval(Duration interval) {
        return new WebSocketOptions(interval, maxMessageBytes, maxOutboundBytes, allowedOrigins);
    }

    /** The same with another bound for messages. */
    public WebSocketOptions withMaxMessageBytes(int bytes) {
        return new WebSocketOptions(pingInterval, bytes, maxOutboundBytes, allowedOrigins);
    }

    /** The same with another bound for what waits to be sent. */
    public WebSocketOptions withMaxOutboundBytes(int bytes) {
        return new WebSocketOptions(pingInterval, maxMessageBytes, bytes, allowedOrigins);
    }

    /** The same with other allowed origins. */
    public WebSocketOptions withAllowedOrigins(String... origins) {
        return new WebSocketOptions(
                pingInterval, maxMessageBytes, maxOutboundBytes, Set.of(origins));
    }
}
