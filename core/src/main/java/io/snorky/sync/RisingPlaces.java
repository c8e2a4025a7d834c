package io.snorky.sync;

/**
 * Picks the longest rising run out of places that come one by one.
 *
 * <p>Threads: one at a time.
 */
final class RisingPlaces {

    private static final int NONE = -1;

    private final int[] oldPlaces;
    private final int[] newPlaces;
    private final int[] previous;

    /** The pair that ends the best run of each length, by the length less one. */
    private final int[] ends;

    private int size;
    private int longest;

    RisingPlaces(int capacity) {
        oldPlaces = new int[capacity];
        newPlaces = new int[capacity];
        previous = new int[capacity];
        ends = new int[capacity];
    }

    /**
     * @param newPlace higher than those before
     */
    void add(int oldPlace, int newPlace) {
        int length = runsBelow(oldPlace);
        oldPlaces[size] = oldPlace;
        newPlaces[size] = newPlace;
        previous[size] = length == 0 ? NONE : ends[length - 1];
        ends[length] = size++;
        longest = Math.max(longest, length + 1);
    }

    /** The length of the longest run that ends below a place. */
    private int runsBelow(int oldPlace) {
        int low = 0;
        int high = longest;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (oldPlaces[ends[middle]] < oldPlace) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    Alignment toAlignment() {
        int[] before = new int[longest];
        int[] after = new int[longest];
        int pair = longest == 0 ? NONE : ends[longest - 1];
        for (int i = longest - 1; i >= 0; i--) {
            before[i] = oldPlaces[pair];
            after[i] = newPlaces[pair];
            pair = previous[pair];
        }
        return new Alignment(before, after);
    }
}
