package io.snorky.pubsub;

/**
 * One client's place in the log of a channel.
 *
 * <p>Threads: its position is owned by the client's event loop, once it has begun to follow.
 */
final class Follower {

    final Seat seat;
    final ChannelLog log;

    /** It has been sent all of the channel up to this number, while its reader is behind. */
    long position;

    /** Some of what it has missed is held no longer. */
    boolean isLost;

    Follower(Seat seat, ChannelLog log, long position) {
        this.seat = seat;
        this.log = log;
        this.position = position;
    }
}
