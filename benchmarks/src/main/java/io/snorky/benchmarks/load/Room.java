package io.snorky.benchmarks.load;

import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.List;

/** One publisher, and the subscribers of its channel. Threads: that of the {@link Loop}. */
final class Room {

    /** Subscribers that read what they get, and do not only count it. */
    static final int SAMPLES = 16;

    private static final int RING = 1 << 16;

    private final Loop loop;
    private final Connection publisher;
    private final MessageTemplate template;
    private final List<Receiver> receivers = new ArrayList<>();
    private final int[] deliveries = new int[RING];
    private final Histogram latency = new Histogram(3);
    private int complete;
    private long published;
    private long completed;
    private long received;
    private long bytes;
    private boolean measuring;
    private boolean lossAllowed;

    /**
     * Opens the publisher's connection and those of subscribers.
     *
     * @param samples how many of them read what they get
     */
    Room(Loop loop, int subscribers, int samples) {
        this.loop = loop;
        complete = subscribers;
        template = loop.dialect().template(loop.dialect().publication());
        publisher = loop.connect(loop.dialect().greeting(), new Listener() {});
        int step = Math.max(1, subscribers / samples);
        for (int i = 0; i < subscribers; i++) {
            loop.awaitRoom();
            add(Receiver.ofAll(this, i % step == 0));
        }
        loop.awaitOpen();
    }

    private void add(Receiver receiver) {
        receivers.add(receiver);
        receiver.open(loop);
    }

    /**
     * Opens the connection of one more subscriber, and lets the one go that has been there longest
     * but for the first. From now on nobody counts whether messages have reached everybody; that
     * each subscriber gets each message is still looked at.
     */
    void replaceOne() {
        complete = Integer.MAX_VALUE;
        receivers.remove(1).cut();
        add(Receiver.latecomer(this));
    }

    /** Has a subscriber read no more, and waits for it no more. The server may close it. */
    void stallOne() {
        awaitAll();
        complete--;
        lossAllowed = true;
        receivers.getLast().stall();
    }

    /** Publishes as much as there may be on its way at once. */
    void fill(int inFlight) {
        int count = (int) (inFlight - inFlight());
        if (count > 0) {
            publish(Math.min(count, MessageTemplate.MOST), System.nanoTime(), 0);
        }
    }

    /** Publishes messages that were due at a time, and then after a step each. */
    void publish(int count, long dueNanos, long stepNanos) {
        if (inFlight() + count > RING) {
            throw new LoadException("server: " + inFlight() + " messages behind (expected: fewer)");
        }
        publisher.send(template.frames(count, published, dueNanos, stepNanos));
        published += count;
    }

    /** Messages that have not reached everybody yet, or not the first where nobody counts. */
    long inFlight() {
        return published
                - (complete == Integer.MAX_VALUE ? receivers.getFirst().next() : completed);
    }

    long published() {
        return published;
    }

    /** Deliveries of all messages to all subscribers. */
    long received() {
        return received;
    }

    /** Bytes of them. */
    long bytes() {
        return bytes;
    }

    void measure(boolean on) {
        measuring = on;
        if (on) {
            latency.reset();
        }
    }

    Histogram latency() {
        return latency;
    }

    void delivered(long number, long length) {
        received++;
        bytes += length;
        int at = (int) number & (RING - 1);
        if (++deliveries[at] == complete) {
            deliveries[at] = 0;
            completed++;
        }
    }

    void sampled(Stamp stamp) {
        if (measuring) {
            latency.recordValue(Math.max(0, System.nanoTime() - stamp.nanos()));
        }
    }

    void lost(Receiver receiver, String reason) {
        if (!lossAllowed) {
            throw new LoadException("subscriber: gone, " + reason + " (expected: to stay)");
        }
        receivers.remove(receiver);
    }

    private boolean isDone(Receiver receiver) {
        return receiver.next() >= published || receiver.next() < 0;
    }

    /**
     * Waits until everybody has got everything.
     *
     * @throws LoadException if somebody has not, or has got something twice
     */
    void awaitAll() {
        loop.awaitOpen();
        loop.runUntil(
                () -> inFlight() == 0 && receivers.stream().allMatch(this::isDone), "deliveries");
        for (Receiver receiver : receivers) {
            if (receiver.next() != published && receiver.next() >= 0) {
                throw new LoadException(
                        "deliveries: %d to one subscriber (expected: %d)"
                                .formatted(receiver.next(), published));
            }
        }
    }
}
