package io.snorky.transport;

/**
 * What the messages of one connection may be like.
 *
 * @param maxNesting levels of objects and arrays inside each other; a message with more is dropped
 * @param maxPending messages that may wait for a virtual thread; beyond, the connection is asked to
 *     {@link Connection#pauseReading pause}
 */
public record MessageLimits(int maxNesting, int maxPending) {

    /** 512 levels, 64 messages. */
    public static final MessageLimits DEFAULT = new MessageLimits(512, 64);

    public MessageLimits {
        if (maxNesting < 1 || maxPending < 1) {
            throw new IllegalArgumentException(
                    "maxNesting, maxPending: "
                            + maxNesting
                            + ", "
                            + maxPending
                            + " (expected: more than zero)");
        }
    }
}
