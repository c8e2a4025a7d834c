package io.snorky.chat;

import io.snorky.Client;
import io.snorky.Scheduler;

import tools.jackson.databind.JsonNode;

import java.time.Clock;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * How a Chat service is set up. Its functions run on event loops and do not wait.
 *
 * @param isAuthenticated whether a client's identity will do to join anything
 * @param canJoin whether a client may join a channel
 * @param canSend whether a client that has joined a channel may send to it
 * @param clock what timestamps are taken from, in its time zone
 * @param scheduler by which crowds are told of presence
 * @param channelsPerClient channels that one client may have joined; more than zero
 * @param channelCharacters of a channel's JSON text, about; more than zero
 */
public record ChatOptions(
        Predicate<? super Client> isAuthenticated,
        BiPredicate<? super Client, ? super JsonNode> canJoin,
        BiPredicate<? super Client, ? super JsonNode> canSend,
        Clock clock,
        Scheduler scheduler,
        int channelsPerClient,
        int channelCharacters) {

    /**
     * Whoever has an identity may join and send everywhere; the system's clock in UTC; 1,000
     * channels a client, 1,024 characters a channel.
     */
    public static final ChatOptions DEFAULT =
            new ChatOptions(
                    client -> !client.identity().isNull(),
                    (client, channel) -> true,
                    (client, channel) -> true,
                    Clock.systemUTC(),
                    Scheduler.system(),
                    1_000,
                    1_024);

    public ChatOptions {
        require("channelsPerClient", channelsPerClient);
        require("channelCharacters", channelCharacters);
    }

    /** The same with another {@link #isAuthenticated}. */
    public ChatOptions withAuthenticated(Predicate<? super Client> newIsAuthenticated) {
        return new ChatOptions(
                newIsAuthenticated,
                canJoin,
                canSend,
                clock,
                scheduler,
                channelsPerClient,
                channelCharacters);
    }

    /** The same with another {@link #canJoin}. */
    public ChatOptions withCanJoin(BiPredicate<? super Client, ? super JsonNode> newCanJoin) {
        return new ChatOptions(
                isAuthenticated,
                newCanJoin,
                canSend,
                clock,
                scheduler,
                channelsPerClient,
                channelCharacters);
    }

    /** The same with another {@link #canSend}. */
    public ChatOptions withCanSend(BiPredicate<? super Client, ? super JsonNode> newCanSend) {
        return new ChatOptions(
                isAuthenticated,
                canJoin,
                newCanSend,
                clock,
                scheduler,
                channelsPerClient,
                channelCharacters);
    }

    /** The same with another {@link #clock}. */
    public ChatOptions withClock(Clock newClock) {
        return new ChatOptions(
                isAuthenticated,
                canJoin,
                canSend,
                newClock,
                scheduler,
                channelsPerClient,
                channelCharacters);
    }

    /** The same with another {@link #scheduler}. */
    public ChatOptions withScheduler(Scheduler newScheduler) {
        return new ChatOptions(
                isAuthenticated,
                canJoin,
                canSend,
                clock,
                newScheduler,
                channelsPerClient,
                channelCharacters);
    }

    /** The same with another {@link #channelsPerClient}. */
    public ChatOptions withChannelsPerClient(int newChannelsPerClient) {
        return new ChatOptions(
                isAuthenticated,
                canJoin,
                canSend,
                clock,
                scheduler,
                newChannelsPerClient,
                channelCharacters);
    }

    /** The same with another {@link #channelCharacters}. */
    public ChatOptions withChannelCharacters(int newChannelCharacters) {
        return new ChatOptions(
                isAuthenticated,
                canJoin,
                canSend,
                clock,
                scheduler,
                channelsPerClient,
                newChannelCharacters);
    }

    private static void require(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: more than zero)");
        }
    }
}
