package io.snorky.datasync.filter;

/** Strings in the order of their code points, which is not that of their UTF-16 units. */
final class CodePoints {

    private static final int BITS = 21;
    private static final int IN_RANK = 3;

    private CodePoints() {}

    static int compare(String left, String right) {
        int length = Math.min(left.length(), right.length());
        int at = 0;
        while (at < length && left.charAt(at) == right.charAt(at)) {
            at++;
        }
        if (at == length) {
            return Integer.compare(left.length(), right.length());
        }
        if (at > 0 && splitsPair(left, right, at)) {
            at--;
        }
        return Integer.compare(left.codePointAt(at), right.codePointAt(at));
    }

    /** Whether the difference is in the second half of a pair of one or both. */
    private static boolean splitsPair(String left, String right, int at) {
        return Character.isHighSurrogate(left.charAt(at - 1))
                && (Character.isLowSurrogate(left.charAt(at))
                        || Character.isLowSurrogate(right.charAt(at)));
    }

    /** The first code points as a number: smaller for a string that comes before, or the same. */
    static long rank(String text) {
        long rank = 0;
        int at = 0;
        for (int i = 0; i < IN_RANK; i++) {
            int point = 0;
            if (at < text.length()) {
                int here = text.codePointAt(at);
                at += Character.charCount(here);
                point = here + 1;
            }
            rank = rank << BITS | point;
        }
        return rank;
    }
}
