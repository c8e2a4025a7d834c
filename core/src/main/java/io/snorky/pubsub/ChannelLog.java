package io.snorky.pubsub;

import io.snorky.log.LogLimits;
import io.snorky.log.MemoryLog;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The past of one channel. Its entries have numbers that grow, with gaps: those of all channels of
 * a service are counted together.
 *
 * <p>Threads: the service's lane changes it; any may read meanwhile, without a lock.
 */
final class ChannelLog {

    private final MemoryLog<Entry> entries;

    /** All entries with higher numbers are held; moved before an entry goes. */
    private volatile long lost;

    /** The highest number so far. */
    private volatile long newest;

    /**
     * @param lost entries with numbers up to this may have been lost before
     */
    ChannelLog(LogLimits limits, LongSupplier nanoClock, long lost) {
        this.lost = lost;
        entries = new MemoryLog<>(limits, nanoClock, entry -> this.lost = entry.number());
    }

    void append(Entry entry) {
        entries.append(List.of(entry), Entry::bytes);
        newest = entry.number();
    }

    /** Whether nothing comes after a number up to which all has been appended. */
    boolean endsBy(long number) {
        return newest <= number;
    }

    void expire() {
        entries.expire();
    }

    void clear() {
        entries.clear();
    }

    /** Entries with numbers up to this have been lost, or may have been. */
    long lost() {
        return lost;
    }

    boolean isEmpty() {
        return entries.entries() == 0;
    }

    long entries() {
        return entries.entries();
    }

    long bytes() {
        return entries.bytes();
    }

    /** The newest entries that are held, in order. To be called in the lane. */
    List<Entry> newest(int max) {
        long count = Math.min(max, entries.entries());
        return entries.read(entries.end() - count, (int) count).orElseThrow();
    }

    /**
     * The entries after a number, in order and without a gap. Empty if some of them are held no
     * longer, or may have been.
     *
     * @param last numbers beyond this are left out
     * @param max entries wanted; fewer than that are all there are
     */
    Optional<List<Entry>> after(long number, long last, int max) {
        List<Entry> found = new ArrayList<>();
        for (long index = indexAfter(number); found.size() < max; index++) {
            Entry entry = entries.get(index);
            if (entry == null || entry.number() > last) {
                break;
            }
            found.add(entry);
        }
        return number < lost ? Optional.empty() : Optional.of(found); // whatever went meanwhile
    }

    /** Of the first entry that has a higher number, or the one to come. */
    private long indexAfter(long number) {
        long low = entries.begin();
        long high = entries.end() + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            @Nullable Entry entry = entries.get(middle);
            if (entry == null || entry.number() <= number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
