package io.snorky.datasync;

import io.snorky.Client;
import io.snorky.Figure;
import io.snorky.Lane;
import io.snorky.NonBlocking;
import io.snorky.Scheduler;
import io.snorky.rpc.Command;
import io.snorky.rpc.Default;
import io.snorky.rpc.RpcError;
import io.snorky.rpc.RpcService;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
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
 * it was acquired, for whoever comes with the token; a client that keeps the offset of what it has
 * applied goes on from there, so that nothing is missed and some of it may come twice. If its
 * deltas are held by the log no longer, the subscription is gone, and the client is told.
 *
 * <p>A client whose connection is full is not sent to until there is room, and nothing is kept for
 * it meanwhile: it falls behind in the log, and catches up from there.
 *
 * <p>Threads: any. All state is owned by one lane: each call is a task in it, and a result comes
 * when the task has run. How far a client has read is owned by its event loop.
 */
@NonBlocking
public final class DataSyncService extends RpcService {

    /** Deltas of a batch that are dealt on an event loop; more of them on a virtual thread. */
    private static final int DEALT_ON_EVENT_LOOP = 64;

    private final Lane lane = new Lane();
    private final Desks desks;
    private final Dealing dealing;
    private final Subscriptions subscriptions;
    private final PositionNotices notices;
    private final DeltaLog log;
    private final DataSyncLimits limits;
    private final Figures figures;

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
        figures = new Figures(log);
        desks = new Desks(builder.dealers);
        var feed = new Feed(name(), log.epoch());
        dealing = new Dealing(feed, figures);
        subscriptions =
                new Subscriptions(
                        feed,
                        lane,
                        log,
                        builder.scheduler,
                        new Tokens(builder.random),
                        limits,
                        figures);
        notices = new PositionNotices(feed, log, subscriptions.told(), lane, builder.scheduler);
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
     * Makes a subscription that waits for the client who brings its token.
     *
     * @param timeout how long it waits, now and whenever its client has gone; more than zero
     * @return the token: 32 characters of {@code a–z} and {@code 0–9}
     * @throws RpcError if an item names no dealer or has a bad query, or there are too many
     */
    public CompletionStage<String> authorizeSubscription(
            List<SubscriptionItem> items, Duration timeout) {
        checkCount("items", items.size(), limits.itemsPerSubscription());
        List<Subscription.Item> checked = items.stream().map(this::item).toList();
        return inTurn(() -> subscriptions.authorize(checked, timeout));
    }

    /**
     * As {@link #authorizeSubscription}, from items on the wire: the first that is wrong counts.
     */
    CompletionStage<String> authorize(JsonNode items, Duration timeout) {
        List<JsonNode> objects = DeltaJson.objects(items);
        checkCount("items", objects.size(), limits.itemsPerSubscription());
        List<Subscription.Item> checked = new ArrayList<>(objects.size());
        for (JsonNode object : objects) {
            var unused = desks.named(SubscriptionItem.dealer(object)); // before a missing query
            checked.add(item(SubscriptionItem.read(object)));
        }
        return inTurn(() -> subscriptions.authorize(checked, timeout));
    }

    private Subscription.Item item(SubscriptionItem item) {
        Desk desk = desks.named(item.dealer());
        JsonSize size = JsonSize.of(item.query());
        checkCount("characters of query", size.characters(), limits.queryCharacters());
        checkCount("depth of query", size.depth(), limits.queryDepth());
        return new Subscription.Item(desk, desk.dealer().view(item.query()), item.tag());
    }

    private static void checkCount(String what, long count, int max) {
        if (count > max) {
            throw new RpcError(what, count, "at most " + max);
        }
    }

    /**
     * Appends deltas to the log and deals them out, as one batch. Clients get the deltas of one
     * batch, and of batches published one after the other, in order.
     *
     * @return completes when they are on their way
     * @throws RpcError if there are too many
     */
    public CompletionStage<@Nullable Void> publishDeltas(List<Delta> deltas) {
        checkCount("deltas", deltas.size(), limits.deltasPerBatch());
        List<Delta> batch = List.copyOf(deltas);
        var done = new CompletableFuture<@Nullable Void>();
        Runnable task = () -> complete(done, () -> publish(batch));
        if (batch.size() > DEALT_ON_EVENT_LOOP) {
            lane.executeBlocking(task);
        } else {
            lane.execute(task);
        }
        return done;
    }

    private @Nullable Void publish(List<Delta> batch) {
        figures.published(batch.size());
        for (LogEntry entry : log.append(batch)) {
            dealing.deal(entry, desks.of(entry.delta().model()));
        }
        notices.published();
        return null;
    }

    /**
     * Takes a subscription: sends what has happened since it was authorised, then what happens.
     *
     * <p>With {@code offset} the client is told the offset of each delta, and where it starts:
     * {@code {"offset": "…"}}. It goes on after the given one, or where the subscription waits if
     * that is null. A client that comes with an offset takes the subscription over from whoever
     * holds it.
     *
     * <p>With {@code conflate} what it misses while it lags is folded to one delta for each row;
     * true means rows that differ in their member {@code id}, a string names another member.
     *
     * @throws RpcError {@code token must be string}, {@code No such subscription}, {@code Already
     *     acquired}, {@code resync}; or if the client holds too many, or came over HTTP
     */
    @Command
    CompletionStage<@Nullable Object> acquireSubscription(
            Client caller,
            JsonNode token,
            @Default("false") JsonNode offset,
            @Default("false") JsonNode conflate) {
        String text = text(token);
        Acquisition how = Acquisition.read(offset, conflate);
        var acquired = new CompletableFuture<@Nullable Object>();
        lane.execute(() -> subscriptions.acquire(text, caller, how, acquired));
        return acquired;
    }

    /**
     * Ends a subscription that the caller holds.
     *
     * @throws RpcError {@code token must be string}, {@code No such subscription}
     */
    @Command
    CompletionStage<@Nullable Object> cancelSubscription(Client caller, JsonNode token) {
        String text = text(token);
        var ended = new CompletableFuture<@Nullable Object>();
        lane.execute(() -> subscriptions.cancel(text, caller, ended));
        return ended;
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

    @Override
    public List<Figure> figures() {
        return figures.all();
    }

    private <T> CompletionStage<T> inTurn(Supplier<T> task) {
        var result = new CompletableFuture<T>();
        lane.execute(() -> complete(result, task));
        return result;
    }

    private static <T extends @Nullable Object> void complete(
            CompletableFuture<T> result, Supplier<T> task) {
        try {
            result.complete(task.get());
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
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
