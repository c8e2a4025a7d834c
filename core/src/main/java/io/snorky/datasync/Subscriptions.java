package io.snorky.datasync;

import io.snorky.Client;
import io.snorky.Lane;
import io.snorky.Scheduler;
import io.snorky.datasync.DeltaLog.Reading;
import io.snorky.datasync.Subscription.Item;
import io.snorky.datasync.Subscription.Seat;
import io.snorky.datasync.Subscription.State;
import io.snorky.rpc.RpcError;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All subscriptions of a DataSync service, and their way from waiting to held and back.
 *
 * <p>Threads: owned by the lane of its service.
 */
final class Subscriptions {

    private final String service;
    private final Lane lane;
    private final DeltaLog log;
    private final Scheduler scheduler;
    private final Tokens tokens;
    private final DataSyncLimits limits;
    private final Map<String, Subscription> byToken = new HashMap<>();
    private final Map<Client, Set<Subscription>> byClient = new HashMap<>();
    private int waiting;
    private long waits;

    Subscriptions(
            String service,
            Lane lane,
            DeltaLog log,
            Scheduler scheduler,
            Tokens tokens,
            DataSyncLimits limits) {
        this.service = service;
        this.lane = lane;
        this.log = log;
        this.scheduler = scheduler;
        this.tokens = tokens;
        this.limits = limits;
    }

    /** Makes one that waits from now on, and returns its token. */
    String authorize(List<Item> items, Duration timeout) {
        if (waiting >= limits.waitingSubscriptions()) {
            throw new RpcError(
                    "waiting subscriptions",
                    waiting,
                    "fewer than " + limits.waitingSubscriptions());
        }
        String token = tokens.next();
        byToken.put(token, new Subscription(token, items, timeout, waitFor(token, timeout)));
        return token;
    }

    private State.Waiting waitFor(String token, Duration timeout) {
        waiting++;
        long wait = ++waits;
        Scheduler.Timer timer =
                scheduler.schedule(timeout, () -> lane.execute(() -> expire(token, wait)));
        return new State.Waiting(wait, log.end(), timer);
    }

    /** Ends one that still waits since the given wait began; a timer may be called off too late. */
    private void expire(String token, long wait) {
        Subscription subscription = byToken.get(token);
        if (subscription != null
                && subscription.state instanceof State.Waiting waitingNow
                && waitingNow.turn() == wait) {
            forget(subscription);
        }
    }

    private void forget(Subscription subscription) {
        byToken.remove(subscription.token);
        if (subscription.state instanceof State.Waiting waitingNow) {
            waitingNow.timer().cancel();
            waiting--;
        }
    }

    void acquire(String token, Client client) {
        Subscription subscription = byToken.get(token);
        if (subscription == null) {
            throw new RpcError("No such subscription");
        }
        if (!(subscription.state instanceof State.Waiting since)) {
            throw new RpcError("Already acquired");
        }
        check(client);
        if (!(log.read(since.offset()) instanceof Reading.Deltas missed)) {
            forget(subscription);
            throw new RpcError("No such subscription");
        }
        since.timer().cancel();
        waiting--;
        missed.deltas().forEach(delta -> sendTo(client, subscription.items, delta));
        List<Seat> seats =
                subscription.items.stream()
                        .map(item -> new Seat(item, item.desk().join(item.view(), client)))
                        .toList();
        subscription.state = new State.Held(client, seats);
        byClient.computeIfAbsent(client, key -> new LinkedHashSet<>()).add(subscription);
    }

    private void check(Client client) {
        if (!client.isConnected()) {
            throw new RpcError("connection", "a single request", "one that stays, as WebSocket");
        }
        int held = byClient.getOrDefault(client, Set.of()).size();
        if (held >= limits.subscriptionsPerClient()) {
            throw new RpcError(
                    "subscriptions", held, "fewer than " + limits.subscriptionsPerClient());
        }
    }

    private void sendTo(Client client, List<Item> items, Delta delta) {
        var messages = new DeltaMessages(service);
        for (Item item : items) {
            if (item.desk().dealer().model().equals(delta.model())) {
                delta.through(item.view()::sees).ifPresent(seen -> client.send(messages.of(seen)));
            }
        }
    }

    void cancel(String token, Client client) {
        Subscription subscription = byToken.get(token);
        if (subscription == null
                || !(subscription.state instanceof State.Held(Client holder, List<Seat> seats))
                || holder != client) {
            throw new RpcError("No such subscription");
        }
        seats.forEach(Seat::leave);
        byToken.remove(token);
        Set<Subscription> held = byClient.get(client);
        if (held != null) {
            held.remove(subscription);
        }
    }

    /** A client has gone: what it held waits again. */
    void release(Client client) {
        Set<Subscription> held = byClient.remove(client);
        if (held == null) {
            return;
        }
        for (Subscription subscription : held) {
            if (subscription.state instanceof State.Held(Client holder, List<Seat> seats)) {
                seats.forEach(Seat::leave);
                subscription.state = waitFor(subscription.token, subscription.timeout);
            }
        }
    }
}
