package io.snorky.datasync;

import java.util.List;

/**
 * The ordered, bounded history of deltas. Each delta has an offset; a reader names the one after
 * which it wants to read on.
 *
 * <p>Threads: one appends at a time; any may read meanwhile.
 */
public interface DeltaLog {

    /** What a reader finds. */
    sealed interface Reading {

        /**
         * All deltas after the reader's offset, in order.
         *
         * @param end the offset to read on from
         */
        record Deltas(List<Delta> deltas, long end) implements Reading {}

        /**
         * Some deltas after the reader's offset are held no longer, or there has never been such an
         * offset: the reader must fetch its data afresh.
         *
         * @param end the offset to read on from after that
         */
        record Resync(long end) implements Reading {}
    }

    /** Appends a batch: a reader finds all of it or nothing. */
    void append(List<Delta> deltas);

    /** The offset of the last delta: reading from it finds nothing yet. */
    long end();

    /** Reads what comes after an offset. */
    Reading read(long offset);
}
