package io.snorky.pubsub;

import io.snorky.Figure;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * What a PubSub service has done so far.
 *
 * <p>Threads: any.
 */
final class Figures {

    private final LongAdder subscriptions = new LongAdder();
    private final LongAdder caughtUp = new LongAdder();
    private final LongAdder lags = new LongAdder();
    private final LongAdder resyncs = new LongAdder();
    private final AtomicInteger lagging = new AtomicInteger();

    /**
     * All of them.
     *
     * @param channels how many there are
     */
    List<Figure> all(LongSupplier channels, Histories histories) {
        return List.of(
                Figure.gauge(
                        "snorky.pubsub.channels",
                        "Channels that somebody is subscribed to, or whose past is held",
                        channels),
                Figure.gauge(
                        "snorky.pubsub.subscriptions",
                        "Subscriptions to channels",
                        subscriptions::sum),
                Figure.counter(
                        "snorky.pubsub.caught.up",
                        "Messages that clients were sent from the log of a channel",
                        caughtUp::sum),
                Figure.gauge(
                        "snorky.pubsub.lagging",
                        "Subscriptions that are behind the log of their channel",
                        lagging::get),
                Figure.counter(
                        "snorky.pubsub.lags",
                        "Times that a subscription fell behind, as its connection was full",
                        lags::sum),
                Figure.counter(
                        "snorky.pubsub.resyncs",
                        "Subscriptions, asked for or held, whose messages were held no longer",
                        resyncs::sum),
                Figure.gauge(
                        "snorky.pubsub.log.channels",
                        "Channels whose past is held",
                        histories::channels),
                Figure.gauge(
                        "snorky.pubsub.log.bytes",
                        "About how much memory the logs of all channels take",
                        histories::bytes));
    }

    void subscribed(int change) {
        subscriptions.add(change);
    }

    void caughtUpWith(int count) {
        caughtUp.add(count);
    }

    void fellBehind(int count) {
        lags.add(count);
        lagging.addAndGet(count);
    }

    void laggingNoMore(int count) {
        lagging.addAndGet(-count);
    }

    void resync() {
        resyncs.increment();
    }
}
