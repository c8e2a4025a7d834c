package io.snorky.datasync;

import io.snorky.log.LogLimits;
import io.snorky.log.MemoryLog;
import io.snorky.log.Offset;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * A delta log in memory. It begins anew when the process does.
 *
 * <p>Threads: one appends at a time; any may read meanwhile, without a lock.
 */
public final class MemoryDeltaLog implements DeltaLog {

    private final MemoryLog<LogEntry> log;
    private final String epoch;

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
        var bounds = new LogLimits(limits.entries(), limits.bytes(), limits.age());
        log = new MemoryLog<>(bounds, nanoClock, entry -> {});
        epoch = Offset.newEpoch(random);
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public List<LogEntry> append(List<Delta> deltas) {
        List<LogEntry> entries = new ArrayList<>(deltas.size());
        long offset = log.end();
        for (Delta delta : deltas) {
            entries.add(new LogEntry(++offset, delta));
        }
        log.append(entries, entry -> JsonSize.ofDelta(entry.delta()));
        return entries;
    }

    @Override
    public long end() {
        return log.end();
    }

    @Override
    public long entries() {
        return log.entries();
    }

    @Override
    public long bytes() {
        return log.bytes();
    }

    @Override
    public Reading read(long offset, int max) {
        return log.read(offset, max)
                .<Reading>map(Reading.Entries::new)
                .orElseGet(Reading.Resync::new);
    }
}
