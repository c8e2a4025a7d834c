package io.snorky.server;

import io.snorky.ConfigurationException;
import io.snorky.server.policy.OriginPolicy;
import io.snorky.server.websocket.Subprotocols;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
 *     https://*.example.org} for its sub-domains, of any depth, {@code null} for pages that hide
 *     where they are from, {@code *} for all. The scheme and the port have to be the same. Pages of
 *     the same host, whatever its port, and peers that are no browsers always may; but if the
 *     connection is known to be encrypted, pages that are not have to be listed
 * @param subprotocols what the endpoint speaks on top of WebSocket, best first. The first that a
 *     client offers, too, is agreed on; if there is none, the connection goes without
 * @param authenticator says who may connect, and as whom
 */
public record WebSocketOptions(
        Duration pingInterval,
        InboundLimits inbound,
        OutboundLimits outbound,
        CompressionOptions compression,
        Set<String> allowedOrigins,
        List<String> subprotocols,
        Authenticator authenticator) {

    /**
     * A ping every 90 s, default limits, no compression, no other origins, no subprotocols, no
     * authenticator.
     */
    public static final WebSocketOptions DEFAULT =
            new WebSocketOptions(
                    Duration.ofSeconds(90),
                    InboundLimits.DEFAULT,
                    OutboundLimits.DEFAULT,
                    CompressionOptions.OFF,
                    Set.of(),
                    List.of(),
                    Authenticator.NONE);

    /**
     * @throws ConfigurationException naming all origins and subprotocols that cannot be
     */
    public WebSocketOptions {
        Checks.notNegative("pingInterval", pingInterval);
        List<String> problems = new ArrayList<>(OriginPolicy.problems(allowedOrigins));
        problems.addAll(Subprotocols.problems(subprotocols));
        if (!problems.isEmpty()) {
            throw new ConfigurationException("WebSocket", problems);
        }
        allowedOrigins = Set.copyOf(allowedOrigins);
        subprotocols = List.copyOf(subprotocols);
    }

    /** The same with another ping interval. */
    public WebSocketOptions withPingInterval(Duration interval) {
        return new WebSocketOptions(
                interval,
                inbound,
                outbound,
                compression,
                allowedOrigins,
                subprotocols,
                authenticator);
    }

    /** The same with other limits for what clients send. */
    public WebSocketOptions withInbound(InboundLimits limits) {
        return new WebSocketOptions(
                pingInterval,
                limits,
                outbound,
                compression,
                allowedOrigins,
                subprotocols,
                authenticator);
    }

    /** The same with other limits for what waits to be sent. */
    public WebSocketOptions withOutbound(OutboundLimits limits) {
        return new WebSocketOptions(
                pingInterval,
                inbound,
                limits,
                compression,
                allowedOrigins,
                subprotocols,
                authenticator);
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
        return new WebSocketOptions(
                pingInterval,
                inbound,
                outbound,
                options,
                allowedOrigins,
                subprotocols,
                authenticator);
    }

    /** The same with other allowed origins. */
    public WebSocketOptions withAllowedOrigins(String... origins) {
        return new WebSocketOptions(
                pingInterval,
                inbound,
                outbound,
                compression,
                Set.copyOf(List.of(origins)),
                subprotocols,
                authenticator);
    }

    /** The same with other subprotocols. */
    public WebSocketOptions withSubprotocols(String... names) {
        return new WebSocketOptions(
                pingInterval,
                inbound,
                outbound,
                compression,
                allowedOrigins,
                List.of(names),
                authenticator);
    }

    /** The same with another authenticator. */
    public WebSocketOptions withAuthenticator(Authenticator other) {
        return new WebSocketOptions(
                pingInterval, inbound, outbound, compression, allowedOrigins, subprotocols, other);
    }
}
