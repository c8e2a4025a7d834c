package io.snorky.datasync;

import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * A delta log in memory. It begins anew when the process does.
 *
 * <p>Threads: one appends at a time; any may read meanwhile, without a lock. An entry carries its
 * offset, so a reader notices when the place it looks at has been given to a later one.
 */
public final class MemoryDeltaLog implements DeltaLog {

    private static final int EPOCH_LENGTH = 10;

    private record Held(LogEntry entry, long bytes, long nanos) {}

    private final AtomicReferenceArray<@Nullable Held> ring;
    private final DeltaLogLimits limits;
    private final LongSupplier nanoClock;
    private final String epoch;

    /** Offset of the oldest entry that is held, or one more than the end; moved before it goes. */
    private volatile long begin = 1;

    /** Offset of the newest entry; moved when a whole batch is in its place. */
    private volatile long end;

    private final AtomicLong bytes = new AtomicLong();

    /** A log with default limits. */
    public MemoryDeltaLog() {
        this(DeltaLogLimits.DEFAULT);
    }

    public MemoryDeltaLog(DeltaLogLimits limits) {
        this(limits, System::nanoTime, new SecureRandom());
    }

    /**
     * @param nanoClock what {@link System#nanoTime} is to others
     * @param random names the epoch
     */
    public MemoryDeltaLog(DeltaLogLimits limits, LongSupplier nanoClock, RandomGenerator random) {
        this.limits = limits;
        this.nanoClock = nanoClock;
        ring = new AtomicReferenceArray<>(limits.entries());
        epoch = Tokens.of(random, EPOCH_LENGTH);
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public List<LogEntry> append(List<Delta> deltas) {
        long now = nanoClock.getAsLong();
        List<LogEntry> entries = new ArrayList<>(deltas.size());
        long offset = end;
        long added = 0;
        for (Delta delta : deltas) {
            var held = new Held(new LogEntry(++offset, delta), JsonSize.ofDelta(delta), now);
            entries.add(held.entry);
            makeRoom(offset);
            ring.set(place(offset), held);
            added += held.bytes;
        }
        bytes.addAndGet(added);
        trim(end + 1, now);
        end = offset;
        return entries;
    }

    /** Nobody may be reading the place of an entry when it is given to another. */
    private void makeRoom(long offset) {
        long oldest = offset - ring.length();
        if (oldest >= begin) {
            drop(oldest);
        }
    }

    /** Drops what is beyond the limits, but nothing of the newest batch. */
    private void trim(long newest, long now) {
        while (begin < newest) {
            Held oldest = ring.get(place(begin));
            if (oldest == null
                    || bytes.get() <= limits.bytes()
                            && now - oldest.nanos <= limits.age().toNanos()) {
                return;
            }
            drop(begin);
        }
    }

    private void drop(long offset) {
        begin = offset + 1;
        Held dropped = ring.getAndSet(place(offset), null);
        if (dropped != null) {
            bytes.addAndGet(-dropped.bytes);
        }
    }

    @Override
    public long end() {
        return end;
    }

    @Override
    public long entries() {
        return end - begin + 1;
    }

    @Override
    public long bytes() {
        return bytes.get();
    }

    @Override
    public Reading read(long offset, int max) {
        long last = end;
        if (offset > last || offset + 1 < begin) {
            return new Reading.Resync();
        }
        long wanted = Math.min(last, offset + max);
        List<LogEntry> entries = new ArrayList<>((int) (wanted - offset));
        for (long next = offset + 1; next <= wanted; next++) {
            Held held = ring.get(place(next));
            if (held == null || held.entry.offset() != next) {
                return new Reading.Resync();
            }
            entries.add(held.entry);
        }
        return new Reading.Entries(entries);
    }

    private int place(long offset) {
        return (int) (offset % ring.length());
    }
}
