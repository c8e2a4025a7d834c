package io.snorky.sync;

/**
 * What a client's patch may ask for at most.
 *
 * @param operations in one patch
 * @param pathLength characters of a path
 * @param nesting levels of values inside each other, in the state that results
 * @param copied values that {@code copy} makes or {@code move} puts deeper, in all operations of a
 *     patch together; those inside of others count too
 */
record PatchLimits(int operations, int pathLength, int nesting, int copied) {

    static final PatchLimits DEFAULT = new PatchLimits(10_000, 1_000, 100, 100_000);

    PatchLimits {
        check("operations", operations);
        check("pathLength", pathLength);
        check("nesting", nesting);
        check("copied", copied);
    }

    private static void check(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: at least 1)");
        }
    }
}
