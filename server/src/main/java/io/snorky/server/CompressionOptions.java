package io.snorky.server;

/**
 * Whether messages are compressed, for clients that offer it (permessage-deflate, RFC 7692): bytes
 * on the wire are paid for with processor time, which pays most for messages to many clients.
 *
 * <p>Nothing is remembered from one message to the next, in neither direction: so a message to many
 * clients is compressed once on each event loop, and a connection that is idle holds nothing for
 * it.
 *
 * <p>Clients are told so with {@code client_no_context_takeover}. Browsers heed it; a client that
 * does not, as Netty's unless it is allowed to, must not offer compression.
 *
 * @param enabled whether an offer is accepted
 * @param thresholdBytes shorter messages are sent as they are; so are those that would not get
 *     shorter. What clients send compressed is taken at any length
 * @param level of what is sent, from 1, fast, to 9, small
 */
public record CompressionOptions(boolean enabled, int thresholdBytes, int level) {

    /** No compression. */
    public static final CompressionOptions OFF = new CompressionOptions(false, 512, 6);

    /** Messages of 512 bytes and more, at level 6. */
    public static final CompressionOptions ON = new CompressionOptions(true, 512, 6);

    public CompressionOptions {
        Checks.positive("thresholdBytes", thresholdBytes);
        if (level < 1 || level > 9) {
            throw new IllegalArgumentException("level: " + level + " (expected: 1 to 9)");
        }
    }
}
