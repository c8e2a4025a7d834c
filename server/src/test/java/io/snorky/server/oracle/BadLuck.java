package io.snorky.server.oracle;

import java.time.Duration;
import java.util.Random;

/**
 * What befalls a page, and when.
 *
 * <p>Threads: owned by its page.
 */
final class BadLuck {

    /** What can befall it. */
    enum Fault {
        CUT,
        DOES_NOT_READ,
        MISSES_MUCH,
        LEFT_HALF_OPEN,
        CHANGES_ITS_MIND,
        NONE
    }

    private static final double MEAN_SECONDS_BETWEEN_FAULTS = 6;
    private static final int IDLE_MILLIS = 4_000;

    /** Longer than the log keeps what is kept by age. */
    private static final Duration LONG = Duration.ofSeconds(3);

    /** More than fit on a lasting stream and in the log together, but for one that keeps much. */
    private static final int MANY_ROWS = 3_000;

    private static final Duration MOMENT = Duration.ofMillis(50);

    private final PageKind kind;
    private final Run run;
    private final WebApplication application;
    private final Random random;
    private long nextNanos;

    BadLuck(PageKind kind, Run run, WebApplication application, Random random) {
        this.kind = kind;
        this.run = run;
        this.application = application;
        this.random = random;
    }

    /** The page has connected. */
    void begin() {
        plan();
        if (kind.isStubborn()) {
            nextNanos = System.nanoTime();
        }
    }

    private void plan() {
        double seconds = -Math.log(1 - random.nextDouble()) * MEAN_SECONDS_BETWEEN_FAULTS;
        nextNanos = System.nanoTime() + (long) (seconds * 1e9);
    }

    /**
     * Whether something befalls it now. Who is stubborn and still waits for an answer could be told
     * by that, and would not be hung up on.
     */
    boolean isDue(boolean settled) {
        return !run.isCalm() && System.nanoTime() > nextNanos && (settled || !kind.isStubborn());
    }

    /** What befalls it now. */
    Fault next() {
        plan();
        int what = random.nextInt(100);
        if (kind.isStubborn()) {
            return Fault.MISSES_MUCH;
        }
        if (what < 30) {
            return Fault.CUT;
        }
        if (what < 70) {
            return Fault.DOES_NOT_READ;
        }
        if (what < 85 && kind.resumes()) {
            return Fault.LEFT_HALF_OPEN;
        }
        return kind.tagged() ? Fault.CHANGES_ITS_MIND : Fault.NONE;
    }

    /** Has its page not read for a while. */
    void idle() throws InterruptedException {
        run.happened(Happening.STALLED);
        run.idle(Run.upTo(IDLE_MILLIS, random));
    }

    /** Has its page not read until its subscriptions are lost, however long that takes. */
    void missMuch() throws InterruptedException {
        run.happened(Happening.STALLED);
        long enough = application.operations() + MANY_ROWS;
        run.idle(LONG);
        while (!run.isCalm() && application.operations() < enough) {
            run.idle(MOMENT);
        }
        plan(); // there is time to read what has come
    }
}
