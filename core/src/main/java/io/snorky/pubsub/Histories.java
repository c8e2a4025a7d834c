package io.snorky.pubsub;

import io.snorky.Lane;
import io.snorky.Scheduler;
import io.snorky.log.LogLimits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The logs of all channels of a service: what they take together, and which of them go when it is
 * too much. Their messages are counted together, so that one number tells how far a client has read
 * all the channels it follows, and a channel whose log is gone needs not to be remembered: what was
 * {@link #forgotten} tells whether anything can have been missed.
 *
 * <p>Threads: owned by the service's lane, but for what can be asked from any.
 */
final class Histories {

    /** How often what is too old is dropped. */
    static final Duration SWEEP_INTERVAL = Duration.ofSeconds(10);

    private final PubSubLimits limits;
    private final LongSupplier nanoClock;
    private final Scheduler scheduler;
    private final Lane lane;
    private final Consumer<KeptChannel> onEmpty;

    /** Those with something in their logs, the least recently used first. */
    private final SequencedSet<KeptChannel> withoutSubscribers = new LinkedHashSet<>();

    private final SequencedSet<KeptChannel> withSubscribers = new LinkedHashSet<>();

    private volatile long end;
    private volatile long bytes;
    private volatile int channels;

    /** The highest number of a message in a log that is gone altogether. */
    private long forgotten;

    private boolean isSweepDue;

    /**
     * @param onEmpty is told of channels in whose logs nothing is left
     */
    Histories(
            PubSubLimits limits,
            LongSupplier nanoClock,
            Scheduler scheduler,
            Lane lane,
            Consumer<KeptChannel> onEmpty) {
        this.limits = limits;
        this.nanoClock = nanoClock;
        this.scheduler = scheduler;
        this.lane = lane;
        this.onEmpty = onEmpty;
    }

    // --- From any thread

    /** The highest number of a message: all up to it are in their logs, or have been. */
    long end() {
        return end;
    }

    long bytes() {
        return bytes;
    }

    /** Those with something in their logs. */
    int channels() {
        return channels;
    }

    // --- In the lane

    ChannelLog newLog(HistoryLimits ofChannel) {
        long most = Math.min(ofChannel.bytes(), limits.historyBytes());
        return new ChannelLog(
                new LogLimits(ofChannel.messages(), most, ofChannel.age()), nanoClock, forgotten);
    }

    /** A log is not going to be used any more. */
    void forget(ChannelLog log) {
        forgotten = Math.max(forgotten, log.lost());
    }

    Entry append(KeptChannel channel, ChannelLog log, Published message) {
        long number = end + 1;
        var entry = new Entry(number, message);
        log.append(entry);
        end = number;
        used(channel);
        keepWithinLimits();
        sweepLater();
        return entry;
    }

    /** A channel's past has been added to or read, or somebody has come or gone. */
    void used(KeptChannel channel) {
        withoutSubscribers.remove(channel);
        withSubscribers.remove(channel);
        if (channel.log != null && !channel.log.isEmpty()) {
            (channel.seats > 0 ? withSubscribers : withoutSubscribers).add(channel);
        }
        count(channel);
    }

    private void count(KeptChannel channel) {
        long now = channel.log == null ? 0 : channel.log.bytes();
        long before = bytes;
        bytes = before + now - channel.counted;
        channel.counted = now;
        if (now == 0) {
            withoutSubscribers.remove(channel);
            withSubscribers.remove(channel);
        }
        channels = withoutSubscribers.size() + withSubscribers.size();
    }

    private void keepWithinLimits() {
        while (bytes > limits.historyBytes() && channels > 1
                || channels > limits.historyChannels()) {
            drop(withoutSubscribers.isEmpty() ? withSubscribers : withoutSubscribers);
        }
    }

    private void drop(SequencedSet<KeptChannel> from) {
        KeptChannel least = from.getFirst();
        if (least.log != null) {
            least.log.clear();
        }
        count(least);
        onEmpty.accept(least);
    }

    private void sweep() {
        isSweepDue = false;
        List<KeptChannel> all = new ArrayList<>(withoutSubscribers);
        all.addAll(withSubscribers);
        all.forEach(this::expire);
        if (channels > 0) {
            sweepLater();
        }
    }

    private void expire(KeptChannel channel) {
        if (channel.log != null) {
            channel.log.expire();
            count(channel);
            if (channel.log.isEmpty()) {
                onEmpty.accept(channel);
            }
        }
    }

    private void sweepLater() {
        if (!isSweepDue) {
            isSweepDue = true;
            var unused = scheduler.schedule(SWEEP_INTERVAL, () -> lane.execute(this::sweep));
        }
    }
}
