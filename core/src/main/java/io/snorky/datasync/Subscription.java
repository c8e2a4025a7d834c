package io.snorky.datasync;

import io.snorky.Audience;
import io.snorky.Scheduler;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/**
 * The right to receive what some dealers deal out.
 *
 * <p>Threads: owned by the lane of its DataSync service.
 */
final class Subscription {

    /** What a subscription is doing. One that does none of it is gone. */
    sealed interface State {

        /**
         * Nobody holds it: who comes in time gets what has happened since an offset of the log.
         *
         * @param turn tells this wait from every other
         * @param timer ends it
         */
        record Waiting(long turn, long offset, Scheduler.Timer timer) implements State {}

        /** A client holds it and is dealt to. */
        record Held(Holder holder, Follower follower, List<Seat> seats) implements State {}

        /**
         * It has been taken from its holder, whose event loop is being asked how far it got.
         *
         * @param next done when it waits again
         */
        record Returning(List<Runnable> next) implements State {}
    }

    /** One item, ready to be dealt to. */
    record Item(Desk desk, View view, @Nullable String tag) {}

    /** An item's place at its view, while the subscription is held. */
    record Seat(Item item, Audience.Membership membership) {

        void leave() {
            item.desk().leave(item.view(), membership);
        }
    }

    final String token;
    final List<Item> items;
    final Duration timeout;

    /** The log's end at that time: nothing before is for its holders. */
    final long authorizedAt;

    State state;

    Subscription(String token, List<Item> items, Duration timeout, long authorizedAt, State state) {
        this.token = token;
        this.items = List.copyOf(items);
        this.timeout = timeout;
        this.authorizedAt = authorizedAt;
        this.state = state;
    }
}
