package io.snorky.pubsub;

import io.snorky.Audience;
import io.snorky.json.ValueKey;

import org.jspecify.annotations.Nullable;

/**
 * One client's place in a channel with history or presence.
 *
 * <p>Threads: owned by the service's lane.
 */
final class Seat {

    final Holdings holdings;
    final KeptChannel channel;

    /** Under whom it counts; null if under nobody. */
    final @Nullable ValueKey member;

    /** Among those without offsets, or with them; null as long as it is not sent to. */
    Audience.@Nullable Membership membership;

    /** Where it is in the log; null if it knows of no offsets. */
    @Nullable Follower follower;

    /** Among those who are told who comes and goes. */
    Audience.@Nullable Membership watching;

    Seat(Holdings holdings, KeptChannel channel, @Nullable ValueKey member) {
        this.holdings = holdings;
        this.channel = channel;
        this.member = member;
    }
}
