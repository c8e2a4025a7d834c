package io.snorky.benchmarks.load;

import java.time.Duration;

/**
 * How long a run takes.
 *
 * @param warmUp before anything is measured
 * @param measured while it is
 */
record Timing(Duration warmUp, Duration measured) {

    Timing withMoreWarmUp(Duration more) {
        return new Timing(warmUp.plus(more), measured);
    }
}
