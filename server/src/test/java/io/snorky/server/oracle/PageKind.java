package io.snorky.server.oracle;

import java.util.Random;

/**
 * What a page is like.
 *
 * @param resumes whether it keeps offsets; else it does as the original client: after a lost
 *     connection it fetches anew
 * @param conflates whether what it misses is folded
 * @param tagged whether its deltas are told apart by tags; else it has one query
 * @param wide whether it shows all rows of a model
 * @param carrier what its messages come over
 * @param roomy whether its receive buffer is large
 */
record PageKind(
        boolean resumes,
        boolean conflates,
        boolean tagged,
        boolean wide,
        Link.Carrier carrier,
        boolean roomy) {

    /** Of the pages with such numbers there are some of all kinds. */
    static PageKind of(int number, Random random) {
        boolean resumes = number % 5 > 0;
        boolean wide = number % 25 < 2;
        boolean stubborn = number % 50 == 0;
        return new PageKind(
                resumes,
                resumes && !wide && random.nextInt(4) == 0,
                random.nextInt(4) > 0,
                wide,
                stubborn ? Link.Carrier.SOCK_JS_LASTING_STREAM : carrier(random.nextInt(10)),
                random.nextInt(3) == 0);
    }

    /**
     * Whether it shows much, cannot resume, and all its bad luck is that it does not read, for so
     * long that it is hung up on.
     */
    boolean isStubborn() {
        return carrier == Link.Carrier.SOCK_JS_LASTING_STREAM;
    }

    /** Whether it has one query: then it resumes from the very last offset, with much to miss. */
    boolean isSimple() {
        return !tagged || wide && resumes;
    }

    private static Link.Carrier carrier(int number) {
        return switch (number) {
            case 0 -> Link.Carrier.SOCK_JS_WEB_SOCKET;
            case 1 -> Link.Carrier.SOCK_JS_STREAM;
            default -> Link.Carrier.WEB_SOCKET;
        };
    }
}
