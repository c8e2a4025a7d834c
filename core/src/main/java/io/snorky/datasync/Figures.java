package io.snorky.datasync;

import io.snorky.Figure;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a DataSync service has done so far.
 *
 * <p>Threads: any.
 */
final class Figures {

    private final LongAdder deltas = new LongAdder();
    private final LongAdder matched = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder caughtUp = new LongAdder();
    private final LongAdder lags = new LongAdder();
    private final LongAdder resyncs = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private final LongAdder dealerFailures = new LongAdder();
    private final AtomicInteger lagging = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();

    private final DeltaLog log;

    Figures(DeltaLog log) {
        this.log = log;
    }

    /** All of them. */
    List<Figure> all() {
        return List.of(
                Figure.counter("snorky.datasync.deltas", "Deltas published", deltas::sum),
                Figure.counter(
                        "snorky.datasync.matched",
                        "Views that saw a delta, counted for each delta",
                        matched::sum),
                Figure.counter(
                        "snorky.datasync.delivered",
                        "Deltas handed to clients as they were published",
                        delivered::sum),
                Figure.counter(
                        "snorky.datasync.caught.up",
                        "Deltas that clients were sent from the log",
                        caughtUp::sum),
                Figure.counter(
                        "snorky.datasync.lags",
                        "Times that a subscription fell behind, as its connection was full",
                        lags::sum),
                Figure.counter(
                        "snorky.datasync.resyncs",
                        "Subscriptions whose deltas were held no longer",
                        resyncs::sum),
                Figure.counter(
                        "snorky.datasync.expired",
                        "Subscriptions that nobody came for in time",
                        expired::sum),
                Figure.counter(
                        "snorky.datasync.dealer.failures",
                        "Deltas that a dealer threw at",
                        dealerFailures::sum),
                Figure.gauge(
                        "snorky.datasync.lagging", "Subscriptions that are behind", lagging::get),
                Figure.gauge(
                        "snorky.datasync.waiting",
                        "Subscriptions that nobody holds yet or any more",
                        waiting::get),
                Figure.gauge("snorky.datasync.held", "Subscriptions that clients hold", held::get),
                Figure.gauge("snorky.datasync.log.entries", "Deltas in the log", log::entries),
                Figure.gauge(
                        "snorky.datasync.log.bytes",
                        "About how much memory the log takes",
                        log::bytes));
    }

    void published(int count) {
        deltas.add(count);
    }

    void matched(int count) {
        matched.add(count);
    }

    void delivered(int count) {
        delivered.add(count);
    }

    void caughtUpWith(int count) {
        caughtUp.add(count);
    }

    void fellBehind(int subscriptions) {
        lags.add(subscriptions);
        lagging.addAndGet(subscriptions);
    }

    void laggingNoMore(int subscriptions) {
        lagging.addAndGet(-subscriptions);
    }

    void resync() {
        resyncs.increment();
    }

    void expired() {
        expired.increment();
    }

    void dealerFailed() {
        dealerFailures.increment();
    }

    void waiting(int change) {
        waiting.addAndGet(change);
    }

    void held(int change) {
        held.addAndGet(change);
    }
}
