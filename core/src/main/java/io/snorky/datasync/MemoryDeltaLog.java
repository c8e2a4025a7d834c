package io.snorky.datasync;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A delta log in memory, bounded by the number of deltas. It begins anew when the process does.
 *
 * <p>Threads: one appends at a time; any may read meanwhile, without a lock. An entry carries its
 * offset, so a reader notices when the place it looks at has been given to a later one.
 */
public final class MemoryDeltaLog implements DeltaLog {

    /** Deltas kept unless set otherwise. */
    public static final int DEFAULT_CAPACITY = 100_000;

    private record Entry(long offset, Delta delta) {}

    private final AtomicReferenceArray<@Nullable Entry> ring;

    /** Offset of the newest delta; moved when a whole batch is in its place. */
    private volatile long end;

    /** A log of {@value #DEFAULT_CAPACITY} deltas. */
    public MemoryDeltaLog() {
        this(DEFAULT_CAPACITY);
    }

    /**
     * @param capacity deltas kept; more than zero
     */
    public MemoryDeltaLog(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException(
                    "capacity: " + capacity + " (expected: more than zero)");
        }
        ring = new AtomicReferenceArray<>(capacity);
    }

    @Override
    public void append(List<Delta> deltas) {
        long offset = end;
        for (Delta delta : deltas) {
            offset++;
            ring.set(place(offset), new Entry(offset, delta));
        }
        end = offset;
    }

    @Override
    public long end() {
        return end;
    }

    @Override
    public Reading read(long offset) {
        long last = end;
        if (offset < 0 || offset > last || last - offset > ring.length()) {
            return new Reading.Resync(last);
        }
        List<Delta> deltas = new ArrayList<>((int) (last - offset));
        for (long next = offset + 1; next <= last; next++) {
            Entry entry = ring.get(place(next));
            if (entry == null || entry.offset != next) {
                return new Reading.Resync(end);
            }
            deltas.add(entry.delta);
        }
        return new Reading.Deltas(deltas, last);
    }

    private int place(long offset) {
        return (int) (offset % ring.length());
    }
}
