package io.snorky.chat;

import io.snorky.Audience;
import io.snorky.Client;
import io.snorky.Lane;
import io.snorky.Message;
import io.snorky.Scheduler;
import io.snorky.json.ValueKey;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The clients in a room, and what they are told of each other's coming and going. In a room of few
 * clients that is told at once. The more there are, the longer it is gathered, 0.1 ms for each of
 * them; who comes and goes meanwhile is not told of. So presence costs a room 10,000 writes a
 * second at most, however many come and go.
 *
 * <p>Threads: belongs to the service's lane.
 */
final class Presence {

    /** So many can be told of each change on its own. */
    private static final int FEW = 100;

    private static final Duration FOR_EACH = Duration.ofNanos(100_000);

    /** An identity has come or gone; its changes are by turns one and the other. */
    private record Change(ValueKey identity, Message message) {}

    /** One client that is told. */
    final class Listener {

        private final Client client;

        /** The first change that it is to be told of itself, if it is not in the audience yet. */
        private int begin;

        private Audience.@Nullable Membership membership;

        private Listener(Client client) {
            this.client = client;
            begin = changes.size();
            if (changes.isEmpty()) {
                join();
            } else {
                newcomers.add(this);
            }
        }

        private void join() {
            membership = audience.join(client);
        }

        /** It is told no more. */
        void leave() {
            if (membership == null) {
                newcomers.remove(this);
            } else {
                membership.leave();
            }
            count--;
        }
    }

    private final Audience audience = new Audience();
    private final List<Change> changes = new ArrayList<>();
    private final Set<Listener> newcomers = new LinkedHashSet<>();
    private final Lane lane;
    private final Scheduler scheduler;
    private boolean isScheduled;
    private int count;

    Presence(Lane lane, Scheduler scheduler) {
        this.lane = lane;
        this.scheduler = scheduler;
    }

    /** One more client, which is told of what changes from now on. */
    Listener enter(Client client) {
        count++;
        return new Listener(client);
    }

    /** Sends to all who are there, after what has changed before. */
    void send(Message message) {
        flush();
        audience.send(message);
    }

    /**
     * An identity has come or gone.
     *
     * @param message says so
     */
    void changed(ValueKey identity, Message message) {
        changes.add(new Change(identity, message));
        if (count <= FEW) {
            flush();
        } else if (!isScheduled) {
            isScheduled = true;
            scheduler.schedule(FOR_EACH.multipliedBy(count), () -> lane.execute(this::timeIsUp));
        }
    }

    private void timeIsUp() {
        isScheduled = false;
        flush();
    }

    private void flush() {
        if (changes.isEmpty()) {
            return;
        }
        since(0).forEach(audience::send);
        for (Listener newcomer : newcomers) {
            since(newcomer.begin).forEach(newcomer.client::send);
            newcomer.join();
        }
        newcomers.clear();
        changes.clear();
    }

    /** What the changes from one on have come to. */
    private Collection<Message> since(int begin) {
        Map<ValueKey, Message> sum = new LinkedHashMap<>();
        for (Change change : changes.subList(begin, changes.size())) {
            if (sum.remove(change.identity) == null) {
                sum.put(change.identity, change.message);
            }
        }
        return sum.values();
    }
}
