package io.snorky.sync;

import io.snorky.Scheduler;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * Makes up for what is not sent because something was sent a moment ago.
 *
 * <p>Threads: the owner's lock.
 */
final class Throttle {

    private final Surroundings surroundings;
    private final Runnable late;
    private @Nullable Instant last;
    private Scheduler.@Nullable Timer timer;

    /**
     * @param late is run when the time has come, on a thread of its own
     */
    Throttle(Surroundings surroundings, Runnable late) {
        this.surroundings = surroundings;
        this.late = late;
    }

    /** Whether something was sent within that time; if so, it will be made up for, once. */
    boolean holdsBack(Duration gap) {
        Duration left = last == null ? Duration.ZERO : left(last, gap);
        if (!left.isPositive()) {
            return false;
        }
        if (timer == null) {
            timer = surroundings.scheduler().schedule(left, () -> Thread.startVirtualThread(late));
        }
        return true;
    }

    private Duration left(Instant sent, Duration gap) {
        Duration since = Duration.between(sent, surroundings.time().instant());
        return since.isNegative() ? Duration.ZERO : gap.minus(since);
    }

    /** Something has been sent: there is nothing to make up for. */
    void sent() {
        last = surroundings.time().instant();
    }

    /** There is nothing to make up for. */
    void forget() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
