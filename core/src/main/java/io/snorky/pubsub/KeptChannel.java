package io.snorky.pubsub;

import io.snorky.Audience;
import io.snorky.Overflow;
import io.snorky.json.ValueKey;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/**
 * A channel with history or presence. It is there as long as somebody is subscribed or some of its
 * past is held.
 *
 * <p>Threads: what may change is owned by the service's lane.
 */
final class KeptChannel extends Channel {

    final ValueKey key;
    final JsonNode name;
    final @Nullable ChannelLog log;
    final @Nullable Roster roster;

    /** Those who are told offsets. */
    final Audience followers = new Audience();

    /** Subscriptions. */
    int seats;

    /** What its log takes, as far as {@link Histories} has counted it. */
    long counted;

    KeptChannel(
            ValueKey key,
            JsonNode name,
            ChannelSettings settings,
            Overflow ofService,
            @Nullable ChannelLog log,
            @Nullable Roster roster) {
        super(settings, ofService);
        this.key = key;
        this.name = name;
        this.log = log;
        this.roster = roster;
    }
}
