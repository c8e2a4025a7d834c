package io.snorky.datasync;

import io.snorky.Client;
import io.snorky.Lane;
import io.snorky.NonBlocking;
import io.snorky.Scheduler;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcError;
import io.snorky.rpc.RpcService;

import tools.jackson.databind.JsonNode;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Sends the changes of rows to the clients whose subscriptions they are for. Clients acquire a
 * subscription by its token and from then on get {@code {"type": "delta", "delta": …}}; a {@link
 * DataSyncBackend} authorises subscriptions and publishes deltas.
 *
 * <p>What is promised: a client that acquires a subscription gets every delta for it that was
 * published after the subscription was authorised, in the order of publishing, once for each item
 * that sees the row. If the connection is lost, the subscription waits again, for as long as before
 * it was acquired, for whoever comes with the token. If its deltas are held by the log no longer,
 * it is gone.
 *
 * <p>Threads: any. All state is owned by one lane: each call is a task in it, and a result comes
 * when the task has run.
 */
@NonBlocking
public final class DataSyncService extends RpcService {

    private final Lane lane = new Lane();
    private final Desks desks;
    private final Subscriptions subscriptions;
    private final DeltaLog log;
    private final DataSyncLimits limits;

    /**
     * A service with a log in memory and default limits.
     *
     * @param name under which clients address it, usually {@code datasync}
     */
    public DataSyncService(String name, Dealer... dealers) {
        this(builder(name).dealers(dealers));
    }

    private DataSyncService(Builder builder) {
        super(builder.name);
        log = builder.log;
        limits = builder.limits;
        desks = new Desks(builder.dealers);
        subscriptions =
                new Subscriptions(
                        name(), lane, log, builder.scheduler, new Tokens(builder.random), limits);
    }

    /** Builds a service with a log, limits, a scheduler or a random source of one's choice. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /**
     * Adds a dealer.
     *
     * @throws io.snorky.ConfigurationException if another one has its name
     */
    public void registerDealer(Dealer dealer) {
        desks.add(dealer);
    }

    /** Takes a dealer out: it deals no more, and subscriptions cannot name it any longer. */
    public void unregisterDealer(Dealer dealer) {
        desks.remove(dealer);
    }

    /**
     * @throws RpcError if no dealer has that name
     */
    void requireDealer(String name) {
        var unused = desks.desk(name);
    }

    /**
     * Makes a subscription that waits for the client who brings its token.
     *
     * @param timeout how long it waits, now and whenever its client has gone; more than zero
     * @return the token: 32 characters of {@code a–z} and {@code 0–9}
     * @throws RpcError if an item names no dealer or has a bad query, or there are too many
     */
    public CompletionStage<String> authorizeSubscription(
            List<SubscriptionItem> items, Duration timeout) {
        if (items.size() > limits.itemsPerSubscription()) {
            throw new RpcError("items", items.size(), "at most " + limits.itemsPerSubscription());
        }
        List<Subscription.Item> checked = items.stream().map(desks::item).toList();
        return inTurn(() -> subscriptions.authorize(checked, timeout));
    }

    /**
     * Appends deltas to the log and deals them out, as one batch. Clients get the deltas of one
     * batch, and of batches published one after the other, in order.
     *
     * @return completes when they are on their way
     * @throws RpcError if there are too many
     */
    public CompletionStage<Void> publishDeltas(List<Delta> deltas) {
        if (deltas.size() > limits.deltasPerBatch()) {
            throw new RpcError("deltas", deltas.size(), "at most " + limits.deltasPerBatch());
        }
        List<Delta> batch = List.copyOf(deltas);
        return runInTurn(() -> {
            log.append(batch);
            batch.forEach(delta -> desks.deal(delta, new DeltaMessages(name())));
        });
    }

    /**
     * Takes a subscription: sends what has happened since it was authorised, then what happens.
     *
     * @throws RpcError {@code token must be string}, {@code No such subscription}, {@code Already
     *     acquired}; or if the client holds too many, or came over HTTP
     */
    @Command
    CompletionStage<Void> acquireSubscription(Client caller, JsonNode token) {
        String text = text(token);
        return runInTurn(() -> subscriptions.acquire(text, caller));
    }

    /**
     * Ends a subscription that the caller holds.
     *
     * @throws RpcError {@code token must be string}, {@code No such subscription}
     */
    @Command
    CompletionStage<Void> cancelSubscription(Client caller, JsonNode token) {
        String text = text(token);
        return runInTurn(() -> subscriptions.cancel(text, caller));
    }

    private static String text(JsonNode token) {
        if (!token.isString()) {
            throw new RpcError("token must be string");
        }
        return token.stringValue();
    }

    @Override
    protected void clientDisconnected(Client client) {
        lane.execute(() -> subscriptions.release(client));
    }

    private CompletionStage<Void> runInTurn(Runnable task) {
        return inTurn(() -> {
            task.run();
            return null;
        });
    }

    private <T> CompletionStage<T> inTurn(Supplier<T> task) {
        var result = new CompletableFuture<T>();
        lane.execute(() -> {
            try {
                result.complete(task.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** What a DataSync service is made of. Threads: one at a time. */
    public static final class Builder {

        private final String name;
        private List<Dealer> dealers = List.of();
        private DeltaLog log = new MemoryDeltaLog();
        private DataSyncLimits limits = DataSyncLimits.DEFAULT;
        private Scheduler scheduler = Scheduler.system();
        private RandomGenerator random = new SecureRandom();

        private Builder(String name) {
            this.name = name;
        }

        /** The dealers; none if unset. */
        public Builder dealers(Dealer... theDealers) {
            dealers = List.of(theDealers);
            return this;
        }

        /** The log; one in memory if unset. */
        public Builder log(DeltaLog theLog) {
            log = theLog;
            return this;
        }

        /** The limits; {@link DataSyncLimits#DEFAULT} if unset. */
        public Builder limits(DataSyncLimits theLimits) {
            limits = theLimits;
            return this;
        }

        /** What ends subscriptions nobody acquires; the system's scheduler if unset. */
        public Builder scheduler(Scheduler theScheduler) {
            scheduler = theScheduler;
            return this;
        }

        /** Where tokens come from; a secure source if unset, which only a test may replace. */
        public Builder random(RandomGenerator theRandom) {
            random = theRandom;
            return this;
        }

        /**
         * @throws io.snorky.ConfigurationException if two dealers have the same name
         */
        public DataSyncService build() {
            return new DataSyncService(this);
        }
    }
}
