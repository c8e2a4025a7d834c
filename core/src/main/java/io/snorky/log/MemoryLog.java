package io.snorky.log;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * The newest of a sequence of entries, which are counted from one. What is beyond the limits goes,
 * the oldest first.
 *
 * <p>Threads: one changes it at a time; any may read meanwhile, without a lock. An entry is held
 * with its index, so a reader notices when the place it looks at has been given to a later one.
 *
 * @param <E> immutable, or safe for all who read it
 */
public final class MemoryLog<E> {

    private static final int SMALLEST_RING = 16;

    private record Held<E>(long index, E entry, long bytes, long nanos) {}

    private final LogLimits limits;
    private final LongSupplier nanoClock;
    private final Consumer<? super E> leaving;

    /** Grows with what is held; set before {@link #end} says that something new is in it. */
    private volatile AtomicReferenceArray<@Nullable Held<E>> ring;

    /** Index of the oldest entry that is held, or one more than the end; moved before it goes. */
    private volatile long begin = 1;

    /** Index of the newest entry; moved when a whole batch is in its place. */
    private volatile long end;

    private final AtomicLong bytes = new AtomicLong();

    /**
     * @param nanoClock what {@link System#nanoTime} is to others
     * @param leaving is told of each entry before it goes
     */
    public MemoryLog(LogLimits limits, LongSupplier nanoClock, Consumer<? super E> leaving) {
        this.limits = limits;
        this.nanoClock = nanoClock;
        this.leaving = leaving;
        ring = new AtomicReferenceArray<>(Math.min(limits.entries(), SMALLEST_RING));
    }

    // --- Writing

    /**
     * Appends a batch: a reader finds all of it or nothing.
     *
     * @param size about how many bytes an entry takes
     */
    public void append(List<? extends E> batch, ToLongFunction<? super E> size) {
        long now = nanoClock.getAsLong();
        long index = end;
        long added = 0;
        for (E entry : batch) {
            var held = new Held<E>(++index, entry, size.applyAsLong(entry), now);
            makeRoom(index);
            ring.set(place(index, ring), held);
            added += held.bytes;
        }
        bytes.addAndGet(added);
        trim(end + 1, now);
        end = index;
    }

    /** Nobody may be reading the place of an entry when it is given to another. */
    private void makeRoom(long index) {
        AtomicReferenceArray<@Nullable Held<E>> now = ring;
        if (index - begin < now.length()) {
            return;
        }
        if (now.length() == limits.entries()) {
            drop(begin);
            return;
        }
        int length = (int) Math.min(limits.entries(), 2L * now.length());
        var larger = new AtomicReferenceArray<@Nullable Held<E>>(length);
        for (long each = begin; each < index; each++) {
            larger.setPlain(place(each, larger), now.get(place(each, now)));
        }
        ring = larger;
    }

    /** Drops what is beyond the limits, but nothing of the newest batch. */
    private void trim(long newest, long now) {
        while (begin < newest && (bytes.get() > limits.bytes() || isOld(begin, now))) {
            drop(begin);
        }
    }

    private boolean isOld(long index, long now) {
        Held<E> held = held(index);
        return held != null && now - held.nanos > limits.age().toNanos();
    }

    /** Drops what is too old by now. */
    public void expire() {
        long now = nanoClock.getAsLong();
        while (begin <= end && isOld(begin, now)) {
            drop(begin);
        }
    }

    /** Drops everything. */
    public void clear() {
        while (begin <= end) {
            drop(begin);
        }
    }

    private void drop(long index) {
        Held<E> dropped = held(index);
        if (dropped == null) {
            throw new IllegalStateException(index + " is not held");
        }
        leaving.accept(dropped.entry);
        begin = index + 1;
        ring.set(place(index, ring), null);
        bytes.addAndGet(-dropped.bytes);
    }

    // --- Reading

    /** Index of the oldest entry that is held, or one more than the end if none is. */
    public long begin() {
        return begin;
    }

    /** Index of the newest entry; zero if there has been none. */
    public long end() {
        return end;
    }

    /** Entries held now. */
    public long entries() {
        return end - begin + 1;
    }

    /** What they take, as whoever appended them has said. */
    public long bytes() {
        return bytes.get();
    }

    /** The entry with that index; null if it is not held. */
    public @Nullable E get(long index) {
        Held<E> held = held(index);
        return held == null ? null : held.entry;
    }

    private @Nullable Held<E> held(long index) {
        AtomicReferenceArray<@Nullable Held<E>> now = ring;
        Held<E> held = now.get(place(index, now));
        return held == null || held.index != index ? null : held;
    }

    /**
     * The entries after an index, in order and without a gap. Empty if some of them are held no
     * longer, or there has never been such an index.
     *
     * @param max entries wanted; fewer than that are all there are. With zero it only says whether
     *     the index can be read from
     */
    public Optional<List<E>> read(long after, int max) {
        long last = end;
        if (after > last || after + 1 < begin) {
            return Optional.empty();
        }
        long wanted = Math.min(last, after + max);
        List<E> entries = new ArrayList<>((int) (wanted - after));
        for (long next = after + 1; next <= wanted; next++) {
            E entry = get(next);
            if (entry == null) {
                return Optional.empty();
            }
            entries.add(entry);
        }
        return Optional.of(entries);
    }

    private int place(long index, AtomicReferenceArray<@Nullable Held<E>> of) {
        return (int) (index % of.length());
    }
}
