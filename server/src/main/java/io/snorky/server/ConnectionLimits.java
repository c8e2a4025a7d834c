package io.snorky.server;

import java.time.Duration;

/**
 * How many may connect, and how long they may take to say what they want.
 *
 * @param maxConnections of the whole server; beyond, a new one is cut at once
 * @param maxPerAddress from one address, IPv6 addresses counted by their network; likewise
 * @param ipv6PrefixBits of an IPv6 address that tell its network
 * @param maxHandshakes connections that have not said yet what they want, or wait for its answer;
 *     beyond, no more are accepted until there is room, and wait in the system's backlog
 * @param maxRequestLineBytes of a request; a longer one is answered with 414
 * @param maxHeaderBytes of a request's head; a larger one is answered with 431
 * @param requestTimeout how long a request may take to arrive, and so a handshake
 * @param idleTimeout how long a connection of plain HTTP may rest between two requests, or take
 *     nothing of an answer
 */
public record ConnectionLimits(
        int maxConnections,
        int maxPerAddress,
        int ipv6PrefixBits,
        int maxHandshakes,
        int maxRequestLineBytes,
        int maxHeaderBytes,
        Duration requestTimeout,
        Duration idleTimeout) {

    /**
     * 200,000 in all, 50,000 an address (a /64 of IPv6), 2,000 handshakes; lines of 4 KiB, heads of
     * 16 KiB; 10 s for a request, 60 s of rest.
     */
    public static final ConnectionLimits DEFAULT =
            new ConnectionLimits(
                    200_000,
                    50_000,
                    64,
                    2_000,
                    4 << 10,
                    16 << 10,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60));

    public ConnectionLimits {
        Checks.positive("maxConnections", maxConnections);
        Checks.positive("maxPerAddress", maxPerAddress);
        Checks.positive("ipv6PrefixBits", ipv6PrefixBits);
        Checks.positive("maxHandshakes", maxHandshakes);
        Checks.positive("maxRequestLineBytes", maxRequestLineBytes);
        Checks.positive("maxHeaderBytes", maxHeaderBytes);
        Checks.positive("requestTimeout", requestTimeout);
        Checks.positive("idleTimeout", idleTimeout);
        if (ipv6PrefixBits > 128) {
            throw new IllegalArgumentException(
                    "ipv6PrefixBits: " + ipv6PrefixBits + " (expected: 1 to 128)");
        }
    }
}
