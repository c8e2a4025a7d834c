package io.snorky.pubsub;

import io.snorky.Client;
import io.snorky.Overflow;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.function.BiPredicate;

/**
 * How some channels of a PubSub service are. Functions run on event loops and do not wait; where
 * there is one, it is asked instead of the service.
 *
 * @param history how much of the past is kept; null for nothing
 * @param presence whether it is told who is subscribed
 * @param overflow what becomes of messages that a subscriber without offsets cannot take in time;
 *     null for what the service does; not {@link Overflow#LAG}
 * @param canPublish whether a client may publish; null for whom the service lets
 * @param canSubscribe whether a client may subscribe; null for whom the service lets
 * @param canSeePresence whether a client may know who is subscribed; null for whom the service lets
 */
public record ChannelSettings(
        @Nullable HistoryLimits history,
        boolean presence,
        @Nullable Overflow overflow,
        @Nullable BiPredicate<? super Client, ? super JsonNode> canPublish,
        @Nullable BiPredicate<? super Client, ? super JsonNode> canSubscribe,
        @Nullable BiPredicate<? super Client, ? super JsonNode> canSeePresence) {

    /** Neither history nor presence, and all else as the service has it. */
    public static final ChannelSettings DEFAULT =
            new ChannelSettings(null, false, null, null, null, null);

    public ChannelSettings {
        requireNoLog(overflow);
    }

    static void requireNoLog(@Nullable Overflow overflow) {
        if (overflow == Overflow.LAG) {
            throw new IllegalArgumentException(
                    "overflow: LAG (expected: another, for only who has offsets reads the log)");
        }
    }

    /** The same with another {@link #history}. */
    public ChannelSettings withHistory(@Nullable HistoryLimits newHistory) {
        return new ChannelSettings(
                newHistory, presence, overflow, canPublish, canSubscribe, canSeePresence);
    }

    /** The same with another {@link #presence}. */
    public ChannelSettings withPresence(boolean newPresence) {
        return new ChannelSettings(
                history, newPresence, overflow, canPublish, canSubscribe, canSeePresence);
    }

    /** The same with another {@link #overflow}. */
    public ChannelSettings withOverflow(@Nullable Overflow newOverflow) {
        return new ChannelSettings(
                history, presence, newOverflow, canPublish, canSubscribe, canSeePresence);
    }

    /** The same with another {@link #canPublish}. */
    public ChannelSettings withCanPublish(
            @Nullable BiPredicate<? super Client, ? super JsonNode> newCanPublish) {
        return new ChannelSettings(
                history, presence, overflow, newCanPublish, canSubscribe, canSeePresence);
    }

    /** The same with another {@link #canSubscribe}. */
    public ChannelSettings withCanSubscribe(
            @Nullable BiPredicate<? super Client, ? super JsonNode> newCanSubscribe) {
        return new ChannelSettings(
                history, presence, overflow, canPublish, newCanSubscribe, canSeePresence);
    }

    /** The same with another {@link #canSeePresence}. */
    public ChannelSettings withCanSeePresence(
            @Nullable BiPredicate<? super Client, ? super JsonNode> newCanSeePresence) {
        return new ChannelSettings(
                history, presence, overflow, canPublish, canSubscribe, newCanSeePresence);
    }

    /** Whether there is more to such a channel than who gets its messages. */
    boolean isKept() {
        return history != null || presence;
    }
}
