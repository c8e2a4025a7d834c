package io.snorky.server.cli;

import io.snorky.Overflow;
import io.snorky.pubsub.ChannelPattern;
import io.snorky.pubsub.ChannelSettings;
import io.snorky.pubsub.HistoryLimits;
import io.snorky.pubsub.PubSubLimits;
import io.snorky.pubsub.PubSubOptions;
import io.snorky.pubsub.PubSubService;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The PubSub service of the stand-alone server.
 *
 * @param overflow what becomes of messages of channels for a client that reads slowly
 */
record PubSubConfig(Overflow overflow, PubSubLimits limits, List<ChannelConfig> channels) {

    /** The settings of some channels. */
    record ChannelConfig(String pattern, ChannelSettings settings) {}

    private static final ChannelPattern ALL = ChannelPattern.of("**");

    /** There is no log behind those who know of no offsets. */
    private static final Kind<Overflow> OVERFLOW =
            Kind.oneOf(List.of(Overflow.CLOSE, Overflow.DROP_OLDEST, Overflow.CONFLATE));

    static PubSubConfig read(Settings section) {
        PubSubLimits unset = PubSubLimits.DEFAULT;
        Overflow overflow = section.get("overflow", OVERFLOW, Overflow.CLOSE);
        return new PubSubConfig(
                overflow,
                new PubSubLimits(
                        section.get("max-history-bytes", Kind.BYTES, (int) unset.historyBytes()),
                        section.get("max-history-channels", Kind.COUNT, unset.historyChannels()),
                        section.get(
                                "max-members-per-channel", Kind.COUNT, unset.membersPerChannel())),
                section.sections("channels").stream().map(it -> channel(it, overflow)).toList());
    }

    private static ChannelConfig channel(Settings section, Overflow ofService) {
        String pattern = section.text("pattern", "");
        if (!pattern.isEmpty()) {
            var unused = section.checked(() -> ChannelPattern.of(pattern), ALL);
        }
        HistoryLimits history =
                section.optionalSection("history").map(PubSubConfig::history).orElse(null);
        return new ChannelConfig(
                pattern,
                ChannelSettings.DEFAULT
                        .withHistory(history)
                        .withPresence(section.get("presence", Kind.FLAG, false))
                        .withOverflow(section.get("overflow", OVERFLOW, ofService)));
    }

    private static @Nullable HistoryLimits history(Settings section) {
        HistoryLimits unset = HistoryLimits.DEFAULT;
        return new HistoryLimits(
                section.get("max-messages", Kind.number(1, 1_000_000), unset.messages()),
                section.get("max-bytes", Kind.BYTES, (int) unset.bytes()),
                section.get("max-age", Kind.TIMEOUT, unset.age()));
    }

    PubSubService service() {
        PubSubOptions options = PubSubOptions.DEFAULT.withOverflow(overflow).withLimits(limits);
        for (ChannelConfig channel : channels) {
            options = options.withChannels(channel.pattern(), channel.settings());
        }
        return new PubSubService("pubsub", options);
    }
}
