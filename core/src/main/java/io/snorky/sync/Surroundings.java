package io.snorky.sync;

import io.snorky.Scheduler;

import java.time.InstantSource;

/** What objects and sessions live by. */
record Surroundings(Scheduler scheduler, InstantSource time, SyncLimits limits) {

    static final Surroundings DEFAULT =
            new Surroundings(Scheduler.system(), InstantSource.system(), SyncLimits.DEFAULT);

    PatchLimits patchLimits() {
        return new PatchLimits(
                limits.maxPatchOperations(),
                PatchLimits.DEFAULT.pathLength(),
                limits.maxNesting(),
                PatchLimits.DEFAULT.copied());
    }
}
