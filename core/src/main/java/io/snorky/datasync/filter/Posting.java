package io.snorky.datasync.filter;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/**
 * A clause in the index: all of its parts must be true, and some of them are what it is found by.
 */
final class Posting<T> {

    /** Parts beyond this one are never what it is found by. */
    static final int MAX_FOUND_BY = 30;

    private static final int MISSES = 16;
    private static final int MAX_PATIENCE = 12;

    final Entry<T> entry;
    final Filter[] parts;

    /** The next clause of the same filter. */
    final @Nullable Posting<T> sibling;

    /** The bucket it lies in, and its neighbours there. */
    @Nullable Bucket<T> bucket;

    @Nullable Posting<T> next;
    @Nullable Posting<T> previous;

    /** A bit for each of its parts that is true wherever it is found. */
    private int foundBy;

    /** Whether all of its parts are true wherever it is found. */
    private boolean isCertain;

    /** Whether it could have been found by another range of values. */
    private boolean hasChoice;

    private int misses;
    private byte patience;

    Posting(Entry<T> entry, Filter[] parts, @Nullable Posting<T> sibling) {
        this.entry = entry;
        this.parts = parts;
        this.sibling = sibling;
        isCertain = parts.length == 0;
    }

    boolean isFoundBy(int part) {
        return part <= MAX_FOUND_BY && (foundBy >>> part & 1) != 0;
    }

    void findBy(int someParts, boolean otherRanges) {
        foundBy |= someParts;
        isCertain = Integer.bitCount(foundBy) == parts.length;
        hasChoice |= otherRanges;
    }

    /** Whether it is true for a row that it has been found for. */
    boolean holdsFor(JsonNode row) {
        return isCertain || partsHoldFor(row);
    }

    private boolean partsHoldFor(JsonNode row) {
        for (int part = 0; part < parts.length; part++) {
            if (!isFoundBy(part) && !parts[part].sees(row)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Notes that it was found in vain.
     *
     * @return whether that has been so often that it should be found by something else; less often
     *     each time
     */
    boolean hasMissed() {
        return hasChoice && ++misses > MISSES << patience;
    }

    /** Takes it back to where it was before it lay in any bucket. */
    void startAnew() {
        patience = (byte) Math.min(patience + 1, MAX_PATIENCE);
        misses = 0;
        foundBy = 0;
        isCertain = false;
        hasChoice = false;
    }
}
