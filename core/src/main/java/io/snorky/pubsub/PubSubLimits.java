package io.snorky.pubsub;

/**
 * Bounds of all channels of a PubSub service together; each more than zero.
 *
 * @param historyBytes about how much memory the past of the channels may take. The newest message
 *     is kept whatever it takes
 * @param historyChannels channels whose past is kept. When there are more, or they take too much,
 *     the past of those without subscribers goes first, of them those that were not used for
 *     longest
 * @param membersPerChannel identities that a channel with presence knows. Who comes beyond is
 *     subscribed, and does not count
 */
public record PubSubLimits(long historyBytes, int historyChannels, int membersPerChannel) {

    /** 64 MiB, 10,000 channels, 1,000 members. */
    public static final PubSubLimits DEFAULT = new PubSubLimits(64L << 20, 10_000, 1_000);

    public PubSubLimits {
        require("historyBytes", historyBytes);
        require("historyChannels", historyChannels);
        require("membersPerChannel", membersPerChannel);
    }

    private static void require(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: more than zero)");
        }
    }
}
