package io.snorky.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A fan-out for a long time at 70 % of what the server can do, while subscribers come and go. Each
 * subscriber reads each message, so that none can be lost or come twice unnoticed.
 *
 * @param receivers at a time
 * @param time how long
 * @param sampling how often memory is looked at
 */
record Soak(int receivers, Duration time, Duration sampling) {

    /** What the server has at one time. */
    record Sample(Duration after, long heapBytes, long residentBytes, long deliveries, double p99) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%5d s: heap %6.1f MB, resident %6.1f MB, %,d deliveries, p99 %.0f µs",
                    after.toSeconds(),
                    heapBytes / (double) (1 << 20),
                    residentBytes / (double) (1 << 20),
                    deliveries,
                    p99);
        }
    }

    private static final double LOAD = 0.7;
    private static final int IN_FLIGHT = 8;
    private static final int GOING_A_SECOND = 20;
    private static final Duration STEP = Duration.ofSeconds(1).dividedBy(GOING_A_SECOND);

    /**
     * Runs it.
     *
     * @param progress is told what is going on
     * @return the samples, in their order
     * @throws LoadException if something is lost or fails
     */
    List<Sample> run(
            ServerProcess server, Dialect dialect, Timing timing, Consumer<String> progress) {
        try (var loop = new Loop(server.port(), dialect)) {
            var room = new Room(loop, receivers, receivers);
            double capacity = capacity(room, loop, timing);
            progress.accept("capacity: %,.0f messages a second".formatted(capacity));
            List<Sample> samples = soak(server, room, loop, LOAD * capacity, progress);
            room.awaitAll();
            return samples;
        }
    }

    private static double capacity(Room room, Loop loop, Timing timing) {
        Pace pace = Pace.inFlight(IN_FLIGHT);
        pace.runUntil(System.nanoTime() + timing.warmUp().toNanos(), room, loop);
        long before = room.published();
        pace.runUntil(System.nanoTime() + timing.measured().toNanos(), room, loop);
        return (room.published() - before) / (timing.measured().toNanos() / 1e9);
    }

    private List<Sample> soak(
            ServerProcess server, Room room, Loop loop, double rate, Consumer<String> progress) {
        List<Sample> samples = new ArrayList<>();
        Pace pace = Pace.perSecond(rate);
        long start = System.nanoTime();
        long nextSample = start + sampling.toNanos();
        room.measure(true);
        while (System.nanoTime() - start < time.toNanos()) {
            pace.runUntil(System.nanoTime() + STEP.toNanos(), room, loop);
            room.replaceOne();
            if (System.nanoTime() >= nextSample) {
                nextSample += sampling.toNanos();
                samples.add(sample(server, room, System.nanoTime() - start));
                progress.accept(samples.getLast().toString());
            }
        }
        return samples;
    }

    private static Sample sample(ServerProcess server, Room room, long afterNanos) {
        double p99 = Stopwatch.micros(room.latency(), 99);
        room.measure(true);
        return new Sample(
                Duration.ofNanos(afterNanos),
                server.collect(),
                server.residentBytes(),
                room.received(),
                p99);
    }
}
