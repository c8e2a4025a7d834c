package io.snorky.datasync;

import java.util.List;

/**
 * The ordered, bounded history of deltas. Each delta has an offset, counted from one; a reader
 * names the one after which it wants to read on, zero for the beginning.
 *
 * <p>Threads: one appends at a time; any may read meanwhile, without waiting.
 */
public interface DeltaLog {

    /** What a reader finds. */
    sealed interface Reading {

        /** The entries after the reader's offset, in order and without a gap. */
        record Entries(List<LogEntry> entries) implements Reading {}

        /**
         * Some entries after the reader's offset are held no longer, or there has never been such
         * an offset: the reader must fetch its data afresh.
         */
        record Resync() implements Reading {}
    }

    /**
     * Which life of the log this is: offsets of another life mean nothing. Letters and digits, 1 to
     * 32 of them.
     */
    String epoch();

    /**
     * Appends a batch: a reader finds all of it or nothing.
     *
     * @return the new entries, in order
     */
    List<LogEntry> append(List<Delta> deltas);

    /** The offset of the newest entry: reading from it finds nothing yet. Zero if there is none. */
    long end();

    /**
     * Reads what comes after an offset.
     *
     * @param max entries wanted; fewer than that are all there are. With zero it only says whether
     *     the offset can be read from
     */
    Reading read(long offset, int max);

    /** Entries held now. */
    long entries();

    /** About how much memory they take, in bytes. */
    long bytes();
}
