package io.snorky.server;

import java.time.Duration;

/**
 * What a client may send.
 *
 * @param maxMessageBytes of one message; a larger one closes the connection with code 1009
 * @param maxNesting levels of objects and arrays in a message; one with more is dropped
 * @param maxPending messages that may wait for a virtual thread; beyond, the connection is not read
 *     from until there is room
 * @param messagesPerSecond on average, a second's worth at once; beyond, the connection is not read
 *     from until the average is right again
 * @param bytesPerSecond likewise
 * @param patience how long a connection may be over its rate without a break; then it is closed
 *     with code 4402
 * @param messageTimeout how long a message may take to arrive, from its first byte; then the
 *     connection is closed with code 4403
 */
public record InboundLimits(
        int maxMessageBytes,
        int maxNesting,
        int maxPending,
        int messagesPerSecond,
        int bytesPerSecond,
        Duration patience,
        Duration messageTimeout) {

    /**
     * Messages of 10 MiB and 512 levels, 64 waiting, 100,000 messages and 64 MiB a second, 10 s of
     * patience, two minutes for a message.
     */
    public static final InboundLimits DEFAULT =
            new InboundLimits(
                    10 << 20,
                    512,
                    64,
                    100_000,
                    64 << 20,
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(2));

    public InboundLimits {
        Checks.positive("maxMessageBytes", maxMessageBytes);
        Checks.positive("maxNesting", maxNesting);
        Checks.positive("maxPending", maxPending);
        Checks.positive("messagesPerSecond", messagesPerSecond);
        Checks.positive("bytesPerSecond", bytesPerSecond);
        Checks.positive("patience", patience);
        Checks.positive("messageTimeout", messageTimeout);
    }

    /** The same with another bound for messages. */
    public InboundLimits withMaxMessageBytes(int bytes) {
        return new InboundLimits(
                bytes,
                maxNesting,
                maxPending,
                messagesPerSecond,
                bytesPerSecond,
                patience,
                messageTimeout);
    }

    /** The same with other rates. */
    public InboundLimits withRates(int messages, int bytes, Duration newPatience) {
        return new InboundLimits(
                maxMessageBytes,
                maxNesting,
                maxPending,
                messages,
                bytes,
                newPatience,
                messageTimeout);
    }

    /** The same with another number of messages that may wait. */
    public InboundLimits withMaxPending(int messages) {
        return new InboundLimits(
                maxMessageBytes,
                maxNesting,
                messages,
                messagesPerSecond,
                bytesPerSecond,
                patience,
                messageTimeout);
    }

    /** The same with another time for a message. */
    public InboundLimits withMessageTimeout(Duration timeout) {
        return new InboundLimits(
                maxMessageBytes,
                maxNesting,
                maxPending,
                messagesPerSecond,
                bytesPerSecond,
                patience,
                timeout);
    }
}
