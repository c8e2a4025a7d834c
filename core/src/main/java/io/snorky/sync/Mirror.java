package io.snorky.sync;

import io.snorky.Audience;
import io.snorky.Client;
import io.snorky.Message;
import io.snorky.json.JsonException;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What the viewers of an object have of it, and how they learn what has changed. Each change is a
 * revision and is encoded once. A viewer hears of its own writes on its own: that they were taken
 * as they were, or what became of them.
 *
 * <p>Threads: any. The lock is held while the object's values are read for viewers, while what a
 * viewer writes is assigned, and during {@link #update}. Event loops do not take it: they ask for
 * {@link Revisions}.
 */
final class Mirror {

    /** Assigns what a viewer writes, all of it or nothing. */
    @FunctionalInterface
    interface Write {

        /**
         * @param now what viewers have
         * @param since gives what others have done after a revision
         */
        Written assign(Snapshot now, Revisions since) throws Refusal;
    }

    /**
     * What a viewer wrote.
     *
     * @param values of attributes, as the viewer has them now
     * @param effects operations that lead there; null if nobody knows
     * @param asSent whether the viewer's own operations lead there from what others have
     */
    record Written(
            Map<String, JsonNode> values, @Nullable List<Operation> effects, boolean asSent) {}

    private record Seat(Viewer viewer, Audience.Membership membership) {}

    private static final int STEPS = 64;
    private static final int STEPS_OF_SHARED = 512;

    private record All(long revision, Message message) {}

    private record Missed(long from, long to, Message message) {}

    private final String key;
    private final Supplier<@Nullable Object[]> values;
    private final boolean isShared;
    private final Revisions revisions;
    private final Throttle throttle;
    private final Audience audience = new Audience();
    private final ReentrantLock lock = new ReentrantLock(); // guards what follows
    private final Map<Client, Seat> seats = new HashMap<>();

    /** Who could not be sent the state, as it could not be said in JSON. */
    private final List<Viewer> without = new ArrayList<>();

    private boolean closed;

    /** Of the newest revision, for the next one who needs the same. */
    private volatile @Nullable All lastAll;

    private volatile @Nullable Missed lastMissed;

    /**
     * @param values of the attributes now, in the order of their names
     * @param late has what was held back sent
     * @param isShared whether many see it, and come late to the same revision
     */
    Mirror(
            String key,
            List<String> names,
            Supplier<@Nullable Object[]> values,
            Surroundings surroundings,
            Runnable late,
            boolean isShared) {
        this.key = key;
        this.values = values;
        this.isShared = isShared;
        revisions =
                new Revisions(Snapshot.of(names, values.get()), isShared ? STEPS_OF_SHARED : STEPS);
        throttle = new Throttle(surroundings, late);
    }

    // --- Who sees it

    /**
     * One more sees it. Does nothing if it does already.
     *
     * @param unasked whether it gets the state at once
     * @throws JsonException if the state cannot be said; it gets the next one that can
     */
    void attach(Client client, boolean unasked) {
        lock.lock();
        try {
            if (!closed && !seats.containsKey(client)) {
                enter(client, unasked);
            }
        } finally {
            lock.unlock();
        }
    }

    private void enter(Client client, boolean unasked) {
        if (unasked) {
            bringUpToDate();
        }
        Revisions.State now = revisions.newest();
        var viewer = new Viewer(client, this, now.revision());
        client.execute(() -> client.follow(viewer));
        seats.put(client, new Seat(viewer, audience.join(client)));
        if (unasked) {
            without.add(viewer);
            client.send(all(now, List.of()));
            without.remove(viewer);
        }
    }

    private void bringUpToDate() {
        if (seats.isEmpty()) {
            long next = revisions.newest().revision() + 1;
            revisions.begin(new Revisions.State(next, snapshot()));
        } else {
            advance(null);
        }
    }

    /** One sees it no more. */
    void detach(Client client) {
        lock.lock();
        try {
            Seat seat = seats.remove(client);
            if (seat != null) {
                leave(seat);
            }
            if (seats.isEmpty()) {
                throttle.forget();
            }
        } finally {
            lock.unlock();
        }
    }

    private void leave(Seat seat) {
        seat.membership.leave();
        without.remove(seat.viewer);
        Client client = seat.viewer.client();
        client.execute(() -> client.unfollow(seat.viewer));
    }

    /** Nobody sees it any more, for ever. */
    void close() {
        lock.lock();
        try {
            closed = true;
            seats.values().forEach(this::leave);
            seats.clear();
            throttle.forget();
        } finally {
            lock.unlock();
        }
    }

    /** How many see it. */
    int viewers() {
        return audience.size();
    }

    // --- What is sent to them

    /** See {@link SyncHandle#sync()}. */
    boolean sync() {
        return update(() -> {});
    }

    /** See {@link SyncHandle#sync(Duration)}. */
    boolean sync(Duration ifSinceLast) {
        lock.lock();
        try {
            return !seats.isEmpty() && !throttle.holdsBack(ifSinceLast) && advance(null);
        } finally {
            lock.unlock();
        }
    }

    /** See {@link SyncHandle#update}. */
    boolean update(Runnable change) {
        lock.lock();
        try {
            change.run();
            return !seats.isEmpty() && advance(null);
        } finally {
            lock.unlock();
        }
    }

    /** A viewer gets the whole state. */
    void sendAll(Client client) {
        lock.lock();
        try {
            Seat seat = seats.get(client);
            if (seat != null) {
                advance(seat.viewer);
                client.execute(seat.viewer::sendAll);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sends something else to all. */
    void send(Message message) {
        audience.send(message);
    }

    /** Sends something with bytes to all, and something else to those who take none. */
    void send(Message message, Message withoutBytes) {
        lock.lock();
        try {
            seats.keySet().forEach(each -> each.send(each.takesBytes() ? message : withoutBytes));
        } finally {
            lock.unlock();
        }
    }

    /**
     * With the lock: there is a new revision if anything has changed.
     *
     * @param instead gets the state instead of a patch, null if nobody does
     */
    private boolean advance(@Nullable Viewer instead) {
        throttle.forget();
        Revisions.State before = revisions.newest();
        Snapshot now = snapshot();
        Patch patch = Patch.between(before.snapshot(), now);
        if (patch.isEmpty()) {
            revisions.put(now);
            return false;
        }
        var next = new Revisions.State(before.revision() + 1, now);
        Message message = change(patch, next, List.of());
        publish(next, patch.operations());
        if (instead != null) {
            instead.client().execute(instead::sendAll);
        }
        broadcast(message, next);
        return true;
    }

    private void publish(Revisions.State next, List<Operation> done) {
        revisions.add(next, done);
        lastAll = null;
        lastMissed = null;
        without.forEach(viewer -> viewer.client().execute(viewer::sendAll));
        without.clear();
    }

    private void broadcast(Message message, Revisions.State state) {
        audience.send(message.inLog(this, state.revision()));
        throttle.sent();
    }

    private Snapshot snapshot() {
        return revisions.newest().snapshot().next(values.get());
    }

    // --- What they write

    /**
     * Takes what a viewer writes, and sends what follows from it.
     *
     * @param id by which the viewer knows it, null if it has none
     */
    void write(Client writer, @Nullable String id, Write write) throws Refusal {
        lock.lock();
        try {
            Seat seat = seats.get(writer);
            if (seat != null) {
                Revisions.State before = revisions.newest();
                follow(before, write.assign(before.snapshot(), revisions), seat.viewer, id);
            }
        } finally {
            lock.unlock();
        }
    }

    private void follow(
            Revisions.State before, Written written, Viewer writer, @Nullable String id) {
        throttle.forget();
        Snapshot asWritten = before.snapshot().with(written.values);
        Snapshot now = asWritten.next(values.get());
        Patch correction = Patch.between(asWritten, now);
        Patch change =
                correction.isEmpty() && written.effects != null
                        ? Patch.of(written.effects)
                        : Patch.between(before.snapshot(), now);
        var next = new Revisions.State(before.revision() + 1, now);
        boolean concernsOthers = seats.size() > 1 && !change.isEmpty();
        Message toOthers = concernsOthers ? change(change, next, List.of()) : null;
        Message toWriter;
        if (id == null) {
            toWriter = correction.isEmpty() ? null : change(correction, next, List.of());
        } else if (correction.isEmpty() && written.asSent) {
            toWriter = Frames.ack(id, next.revision());
        } else {
            toWriter = change(change, next, List.of(id));
        }
        publish(next, change.operations());
        tell(writer, id, toWriter, next.revision());
        if (toOthers != null) {
            broadcast(toOthers, next);
        }
    }

    /** A write that was taken earlier: its viewer hears that it has been. */
    void confirm(Client writer, String id) {
        lock.lock();
        try {
            Seat seat = seats.get(writer);
            if (seat != null) {
                Revisions.State before = revisions.newest();
                var next = new Revisions.State(before.revision() + 1, before.snapshot());
                publish(next, List.of());
                Message done = change(Patch.of(List.of()), next, List.of(id));
                tell(seat.viewer, id, done, next.revision());
            }
        } finally {
            lock.unlock();
        }
    }

    private void tell(
            Viewer writer, @Nullable String id, @Nullable Message message, long revision) {
        Client client = writer.client();
        client.execute(() -> writer.expect(id, revision));
        if (message != null) {
            client.send(message.inLog(this, revision));
        }
        client.execute(() -> writer.told(revision, id != null));
    }

    // --- How it is said

    Revisions.State now() {
        return revisions.newest();
    }

    /**
     * @param ids of writes that are in it
     */
    private Message change(Patch patch, Revisions.State to, List<String> ids) {
        if (patch.isLargerThan(to.snapshot())) {
            return all(to, ids);
        }
        return Frames.state("_PATCH:" + key, to.revision(), ids, patch::write);
    }

    /** The whole state. */
    Message all(Revisions.State state, List<String> ids) {
        All last = lastAll;
        if (!ids.isEmpty() || last == null || last.revision != state.revision()) {
            last =
                    new All(
                            state.revision(),
                            Frames.state(
                                    "_SET:" + key, state.revision(), ids, state.snapshot()::write));
        }
        if (isShared && ids.isEmpty()) {
            lastAll = last;
        }
        return last.message;
    }

    /** What has changed since a revision; all if that is too long ago. */
    Message missed(long from, Revisions.State to, List<String> ids) {
        Missed last = lastMissed;
        if (ids.isEmpty() && last != null && last.from == from && last.to == to.revision()) {
            return last.message;
        }
        Message message =
                revisions
                        .at(from)
                        .map(old -> change(Patch.between(old, to.snapshot()), to, ids))
                        .orElseGet(() -> all(to, ids));
        if (isShared && ids.isEmpty()) {
            lastMissed = new Missed(from, to.revision(), message);
        }
        return message;
    }

    @Override
    public String toString() {
        return key;
    }
}
