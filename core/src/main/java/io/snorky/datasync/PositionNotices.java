package io.snorky.datasync;

import io.snorky.Audience;
import io.snorky.Lane;
import io.snorky.Scheduler;

import java.time.Duration;

/**
 * Tells clients that resume how far they got, now and then: whoever looks at rows that seldom
 * change would have an old offset otherwise, and could not resume from it when the log has moved
 * on.
 *
 * <p>Threads: owned by the lane of its DataSync service.
 */
final class PositionNotices {

    /** How often, while deltas are published. */
    static final Duration INTERVAL = Duration.ofSeconds(10);

    private final Feed feed;
    private final DeltaLog log;
    private final Audience told;
    private final Lane lane;
    private final Scheduler scheduler;
    private boolean isDue;

    PositionNotices(Feed feed, DeltaLog log, Audience told, Lane lane, Scheduler scheduler) {
        this.feed = feed;
        this.log = log;
        this.told = told;
        this.lane = lane;
        this.scheduler = scheduler;
    }

    /** The log has grown. */
    void published() {
        if (!isDue && told.size() > 0) {
            isDue = true;
            var unused = scheduler.schedule(INTERVAL, () -> lane.execute(this::tell));
        }
    }

    private void tell() {
        isDue = false;
        told.send(feed.position(log.end()));
    }
}
