package io.snorky.datasync;

import io.snorky.Audience;
import io.snorky.Client;
import io.snorky.Scheduler;

import java.time.Duration;
import java.util.List;

/**
 * The right to receive what some dealers deal out.
 *
 * <p>Threads: owned by the lane of its DataSync service.
 */
final class Subscription {

    /** What a subscription is doing. One that does neither is gone. */
    sealed interface State {

        /**
         * Nobody holds it: who comes in time gets what has happened since an offset of the log.
         *
         * @param turn tells this wait from every other
         * @param timer ends it
         */
        record Waiting(long turn, long offset, Scheduler.Timer timer) implements State {}

        /** A client holds it and is dealt to. */
        record Held(Client client, List<Seat> seats) implements State {}
    }

    /** One item, ready to be dealt to. */
    record Item(Desk desk, View view) {}

    /** An item's place at its view, while the subscription is held. */
    record Seat(Item item, Audience.Membership membership) {

        void leave() {
            item.desk().leave(item.view(), membership);
        }
    }

    final String token;
    final List<Item> items;
    final Duration timeout;
    State state;

    Subscription(String token, List<Item> items, Duration timeout, State state) {
        this.token = token;
        this.items = List.copyOf(items);
        this.timeout = timeout;
        this.state = state;
    }
}
