package io.snorky.benchmarks.load;

import io.snorky.benchmarks.server.Items;

import org.HdrHistogram.Histogram;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The viewers of a synced object that the server changes in rounds.
 *
 * <p>Threads: that of the {@link Loop}.
 */
final class SyncedRoom {

    private static final long NANOS_PER_MICRO = 1_000;

    private final Loop loop;
    private final SyncedTexts texts = new SyncedTexts();
    private final List<SyncedViewer> viewers = new ArrayList<>();
    private final Histogram latency = new Histogram(3);
    private long received;
    private long bytes;

    /** Opens the connections of viewers, none of which need have the state when this returns. */
    SyncedRoom(Loop loop, int count) {
        this.loop = loop;
        int step = Math.max(1, count / Room.SAMPLES);
        for (int i = 0; i < count; i++) {
            loop.awaitRoom();
            viewers.add(new SyncedViewer(this, i, i % step == 0, loop));
        }
        loop.awaitOpen();
    }

    SyncedTexts texts() {
        return texts;
    }

    List<SyncedViewer> viewers() {
        return viewers;
    }

    /** Deliveries so far. */
    long received() {
        return received;
    }

    /** Bytes of them. */
    long bytes() {
        return bytes;
    }

    /** Those of them that led over more than one revision. */
    long conflated() {
        return viewers.stream().mapToLong(SyncedViewer::conflated).sum();
    }

    /** Of what was delivered to some viewers in the last round. */
    Histogram latency() {
        return latency;
    }

    void delivered(long length) {
        received++;
        bytes += length;
    }

    void sampled(long micros) {
        latency.recordValue(Math.max(0, micros * NANOS_PER_MICRO));
    }

    /** Waits until all have the state. */
    void awaitState() {
        loop.runUntil(() -> viewers.stream().allMatch(SyncedViewer::hasState), "states");
    }

    /**
     * Has the object changed for some time, and waits until viewers have seen the last change.
     *
     * @param who of the viewers is waited for; the first has the object changed
     */
    void round(Duration time, int perSecond, List<SyncedViewer> who) {
        latency.reset();
        int rounds = who.getFirst().rounds() + 1;
        long times = Math.max(1, time.toMillis() * perSecond / 1_000);
        who.getFirst()
                .connection()
                .say(
                        "{\"type\":\"_TASK_START:ITEMS\",\"data\":{\"type\":\"change\",\"times\":%d,"
                                        .formatted(times)
                                + "\"perSecond\":%d}}".formatted(perSecond));
        loop.runFor(time);
        loop.runUntil(() -> who.stream().allMatch(each -> each.rounds() == rounds), "last changes");
    }

    /**
     * Looks at what all have, after a round whose end all have seen.
     *
     * @throws LoadException if somebody does not have what the server has
     */
    void check() {
        SyncedViewer first = viewers.getFirst();
        String digest = Items.digest(first.items());
        for (SyncedViewer viewer : viewers) {
            if (!viewer.digest().equals(digest) || !viewer.items().equals(first.items())) {
                throw new LoadException(
                        "state: of %s at a viewer (expected: %s, as at the server)"
                                .formatted(Items.digest(viewer.items()), viewer.digest()));
            }
        }
    }
}
