package io.snorky.datasync;

import io.snorky.Audience;
import io.snorky.Client;
import io.snorky.Lane;
import io.snorky.Scheduler;
import io.snorky.datasync.DeltaLog.Reading;
import io.snorky.datasync.Subscription.Item;
import io.snorky.datasync.Subscription.Seat;
import io.snorky.datasync.Subscription.State;
import io.snorky.log.Offset;
import io.snorky.rpc.RpcError;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * All subscriptions of a DataSync service, and their way from waiting to held and back.
 *
 * <p>What is dealt out and what is decided here reach a client's event loop in the order in which
 * the lane did them. So when a task of the lane has noted the log's end and then has the event loop
 * do something, the loop has met all messages up to that end, and none beyond it.
 *
 * <p>Threads: owned by the lane of its service.
 */
final class Subscriptions {

    private final Feed feed;
    private final Lane lane;
    private final DeltaLog log;
    private final Scheduler scheduler;
    private final Tokens tokens;
    private final DataSyncLimits limits;
    private final Figures figures;
    private final Map<String, Subscription> byToken = new HashMap<>();
    private final Map<Client, Holder> byClient = new HashMap<>();
    private final Audience told = new Audience();
    private int waiting;
    private long waits;

    Subscriptions(
            Feed feed,
            Lane lane,
            DeltaLog log,
            Scheduler scheduler,
            Tokens tokens,
            DataSyncLimits limits,
            Figures figures) {
        this.feed = feed;
        this.lane = lane;
        this.log = log;
        this.scheduler = scheduler;
        this.tokens = tokens;
        this.limits = limits;
        this.figures = figures;
    }

    /** Those who are told how far they got, now and then. */
    Audience told() {
        return told;
    }

    // --- Waiting

    /** Makes one that waits from now on, and returns its token. */
    String authorize(List<Item> items, Duration timeout) {
        if (waiting >= limits.waitingSubscriptions()) {
            throw new RpcError(
                    "waiting subscriptions",
                    waiting,
                    "fewer than " + limits.waitingSubscriptions());
        }
        String token = tokens.next();
        long end = log.end();
        State state = waitFor(token, timeout, end);
        byToken.put(token, new Subscription(token, items, timeout, end, state));
        return token;
    }

    private State.Waiting waitFor(String token, Duration timeout, long offset) {
        waits(1);
        long wait = ++waits;
        Scheduler.Timer timer =
                scheduler.schedule(timeout, () -> lane.execute(() -> expire(token, wait)));
        return new State.Waiting(wait, offset, timer);
    }

    private void waits(int change) {
        waiting += change;
        figures.waiting(change);
    }

    /** Ends one that still waits since the given wait began; a timer may be called off too late. */
    private void expire(String token, long wait) {
        Subscription subscription = byToken.get(token);
        if (subscription != null
                && subscription.state instanceof State.Waiting waitingNow
                && waitingNow.turn() == wait) {
            figures.expired();
            stopWaiting(waitingNow);
            byToken.remove(token);
        }
    }

    private void stopWaiting(State.Waiting state) {
        state.timer().cancel();
        waits(-1);
    }

    // --- Held

    /**
     * Has a client hold one.
     *
     * @param acquired completes when it has been sent what it missed, or with an {@link RpcError}
     */
    void acquire(
            String token,
            Client client,
            Acquisition how,
            CompletableFuture<@Nullable Object> acquired) {
        try {
            tryToAcquire(token, client, how, acquired);
        } catch (RuntimeException e) {
            acquired.completeExceptionally(e);
        }
    }

    private void tryToAcquire(
            String token,
            Client client,
            Acquisition how,
            CompletableFuture<@Nullable Object> acquired) {
        if (how.from() != null && !how.from().epoch().equals(log.epoch())) {
            figures.resync();
            throw new RpcError("resync");
        }
        Subscription subscription = byToken.get(token);
        if (subscription == null) {
            throw new RpcError("No such subscription");
        }
        switch (subscription.state) {
            case State.Waiting since -> hold(subscription, since, client, how, acquired);
            case State.Returning returning ->
                    returning.next().add(() -> acquire(token, client, how, acquired));
            case State.Held held -> {
                Client holder = held.holder().client;
                if (holder.isConnected() && how.from() == null) {
                    throw new RpcError("Already acquired");
                }
                boolean tell = held.follower().resumes() && !holder.equals(client);
                giveBack(subscription, held)
                        .next()
                        .add(() -> acquire(token, client, how, acquired));
                if (tell) {
                    holder.send(feed.resync(token));
                }
            }
        }
    }

    private void hold(
            Subscription subscription,
            State.Waiting since,
            Client client,
            Acquisition how,
            CompletableFuture<@Nullable Object> acquired) {
        check(client);
        long from =
                how.from() == null
                        ? since.offset()
                        : Math.max(how.from().number(), subscription.authorizedAt);
        if (log.read(from, 0) instanceof Reading.Resync) {
            stopWaiting(since);
            byToken.remove(subscription.token);
            figures.resync();
            throw new RpcError(how.resumes() ? "resync" : "No such subscription");
        }
        stopWaiting(since);
        figures.held(1);
        Holder holder = byClient.computeIfAbsent(client, this::newHolder);
        if (how.resumes() && holder.told == null) {
            holder.told = told.join(client);
        }
        long end = log.end();
        var follower =
                new Follower(subscription, how, new Offset(log.epoch(), from), end, acquired);
        List<Seat> seats = new ArrayList<>(subscription.items.size());
        for (Item item : subscription.items) {
            seats.add(new Seat(item, item.desk().join(item.view(), follower.formOf(item), client)));
        }
        subscription.state = new State.Held(holder, follower, List.copyOf(seats));
        holder.subscriptions.add(subscription);
        client.execute(() -> holder.reader.begin(follower, end));
    }

    private Holder newHolder(Client client) {
        var reader =
                new ClientReader(
                        client,
                        feed,
                        log,
                        log.end(),
                        figures,
                        lost -> lane.execute(() -> drop(lost)));
        return new Holder(client, reader);
    }

    private void check(Client client) {
        if (!client.isConnected()) {
            throw new RpcError("connection", "a single request", "one that stays, as WebSocket");
        }
        Holder holder = byClient.get(client);
        int held = holder == null ? 0 : holder.subscriptions.size();
        if (held >= limits.subscriptionsPerClient()) {
            throw new RpcError(
                    "subscriptions", held, "fewer than " + limits.subscriptionsPerClient());
        }
    }

    // --- Given back

    /** Takes one from its holder, to wait for whoever comes from where it got to. */
    private State.Returning giveBack(Subscription subscription, State.Held held) {
        leave(subscription, held);
        var returning = new State.Returning(new ArrayList<>());
        subscription.state = returning;
        long end = log.end();
        held.holder()
                .client
                .execute(() -> {
                    long position = held.holder().reader.end(held.follower(), end);
                    lane.execute(() -> returned(subscription, position, returning));
                });
        return returning;
    }

    private void returned(Subscription subscription, long position, State.Returning returning) {
        subscription.state = waitFor(subscription.token, subscription.timeout, position);
        returning.next().forEach(Runnable::run);
    }

    private void leave(Subscription subscription, State.Held held) {
        held.seats().forEach(Seat::leave);
        held.holder().subscriptions.remove(subscription);
        figures.held(-1);
    }

    /**
     * Ends one that a client holds.
     *
     * @param ended completes when nothing of it is sent any more, or with an {@link RpcError}
     */
    void cancel(String token, Client client, CompletableFuture<@Nullable Object> ended) {
        Subscription subscription = byToken.get(token);
        if (subscription == null
                || !(subscription.state instanceof State.Held held)
                || !held.holder().client.equals(client)) {
            ended.completeExceptionally(new RpcError("No such subscription"));
            return;
        }
        leave(subscription, held);
        byToken.remove(token);
        long end = log.end();
        client.execute(() -> {
            held.holder().reader.end(held.follower(), end);
            held.follower().caughtUp(); // if it was still catching up, that is over
            ended.complete(null);
        });
    }

    /** What it missed is held no longer, and its client knows. */
    private void drop(Follower lost) {
        Subscription subscription = lost.subscription;
        if (subscription.state instanceof State.Held held && held.follower().equals(lost)) {
            leave(subscription, held);
            byToken.remove(subscription.token);
        }
    }

    /** A client has gone: what it held waits again. */
    void release(Client client) {
        Holder holder = byClient.remove(client);
        if (holder == null) {
            return;
        }
        if (holder.told != null) {
            holder.told.leave();
        }
        for (Subscription subscription : List.copyOf(holder.subscriptions)) {
            if (subscription.state instanceof State.Held held) {
                var unused = giveBack(subscription, held);
            }
        }
    }
}
