package io.snorky.pubsub;

import io.snorky.Client;
import io.snorky.ConfigurationException;
import io.snorky.Overflow;
import io.snorky.Scheduler;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * How a PubSub service is set up. Its functions run on event loops and do not wait.
 *
 * @param canPublish whether a client may publish to a channel
 * @param canSubscribe whether a client may subscribe to a channel
 * @param canSeePresence whether a client may know who is subscribed to a channel
 * @param overflow what becomes of a channel's messages that a subscriber cannot take in time; not
 *     {@link Overflow#LAG}
 * @param channels settings of channels by pattern: the first that matches counts. Channels that
 *     none matches, and all that are no strings, have {@link ChannelSettings#DEFAULT}
 * @param limits of all channels together
 * @param scheduler tells presence that had to wait, and drops what is too old
 */
public record PubSubOptions(
        BiPredicate<? super Client, ? super JsonNode> canPublish,
        BiPredicate<? super Client, ? super JsonNode> canSubscribe,
        BiPredicate<? super Client, ? super JsonNode> canSeePresence,
        Overflow overflow,
        List<Rule> channels,
        PubSubLimits limits,
        Scheduler scheduler) {

    /** The settings of the channels that match a pattern. */
    public record Rule(ChannelPattern pattern, ChannelSettings settings) {}

    /**
     * Everybody may do everything; who reads too slowly is hung up on; no channel has history or
     * presence; {@link PubSubLimits#DEFAULT}; the system's scheduler.
     */
    public static final PubSubOptions DEFAULT =
            new PubSubOptions(
                    (client, channel) -> true,
                    (client, channel) -> true,
                    (client, channel) -> true,
                    Overflow.CLOSE,
                    List.of(),
                    PubSubLimits.DEFAULT,
                    Scheduler.system());

    public PubSubOptions {
        ChannelSettings.requireNoLog(overflow);
        channels = List.copyOf(channels);
    }

    ChannelSettings settingsOf(JsonNode channel) {
        if (!channels.isEmpty() && channel.isString()) {
            String name = channel.stringValue();
            for (Rule rule : channels) {
                if (rule.pattern.matches(name)) {
                    return rule.settings;
                }
            }
        }
        return ChannelSettings.DEFAULT;
    }

    /** The same with another {@link #canPublish}. */
    public PubSubOptions withCanPublish(
            BiPredicate<? super Client, ? super JsonNode> newCanPublish) {
        return new PubSubOptions(
                newCanPublish, canSubscribe, canSeePresence, overflow, channels, limits, scheduler);
    }

    /** The same with another {@link #canSubscribe}. */
    public PubSubOptions withCanSubscribe(
            BiPredicate<? super Client, ? super JsonNode> newCanSubscribe) {
        return new PubSubOptions(
                canPublish, newCanSubscribe, canSeePresence, overflow, channels, limits, scheduler);
    }

    /** The same with another {@link #canSeePresence}. */
    public PubSubOptions withCanSeePresence(
            BiPredicate<? super Client, ? super JsonNode> newCanSeePresence) {
        return new PubSubOptions(
                canPublish, canSubscribe, newCanSeePresence, overflow, channels, limits, scheduler);
    }

    /** The same with another {@link #overflow}. */
    public PubSubOptions withOverflow(Overflow newOverflow) {
        return new PubSubOptions(
                canPublish, canSubscribe, canSeePresence, newOverflow, channels, limits, scheduler);
    }

    /** The same with other {@link #channels}. */
    public PubSubOptions withChannels(List<Rule> newChannels) {
        return new PubSubOptions(
                canPublish, canSubscribe, canSeePresence, overflow, newChannels, limits, scheduler);
    }

    /**
     * The same with settings for the channels that match a pattern and none before it.
     *
     * @param pattern see {@link ChannelPattern}
     * @throws ConfigurationException if it is none
     */
    public PubSubOptions withChannels(String pattern, ChannelSettings settings) {
        List<Rule> more = new ArrayList<>(channels);
        more.add(new Rule(ChannelPattern.of(pattern), settings));
        return withChannels(more);
    }

    /** The same with other {@link #limits}. */
    public PubSubOptions withLimits(PubSubLimits newLimits) {
        return new PubSubOptions(
                canPublish, canSubscribe, canSeePresence, overflow, channels, newLimits, scheduler);
    }

    /** The same with another {@link #scheduler}. */
    public PubSubOptions withScheduler(Scheduler newScheduler) {
        return new PubSubOptions(
                canPublish, canSubscribe, canSeePresence, overflow, channels, limits, newScheduler);
    }
}
