package io.snorky.benchmarks.load;

import java.util.EnumMap;

/**
 * A fan-out in which one subscriber stops reading, compared with the same before it does: how long
 * the others wait, and what waits on the server's heap for the one.
 */
record Stalled(int receivers, int inFlight) implements Scenario {

    @Override
    public String title() {
        return "Fan-out to %,d, %d in flight, one of whom stalls".formatted(receivers, inFlight);
    }

    @Override
    public boolean needsNewServer() {
        return true;
    }

    @Override
    public Figures run(ServerProcess server, Dialect dialect, Timing timing) {
        try (var loop = new Loop(server.port(), dialect)) {
            var figures = new EnumMap<Figure, Double>(Figure.class);
            var room = new Room(loop, receivers, Room.SAMPLES);
            Pace pace = Pace.inFlight(inFlight);
            pace.runUntil(System.nanoTime() + timing.warmUp().toNanos(), room, loop);
            run(pace, room, loop, timing); // to warm up as far as the second run will be
            run(pace, room, loop, timing);
            figures.put(Figure.P99_MICROS, Stopwatch.micros(room.latency(), 99));
            figures.put(Figure.HEAP_MB, megabytes(server.collect()));

            room.stallOne();
            run(pace, room, loop, timing);
            figures.put(Figure.P99_STALLED_MICROS, Stopwatch.micros(room.latency(), 99));
            figures.put(Figure.HEAP_STALLED_MB, megabytes(server.collect()));
            figures.put(Figure.RESIDENT_MB, megabytes(server.residentBytes()));
            return new Figures(figures);
        }
    }

    private static void run(Pace pace, Room room, Loop loop, Timing timing) {
        room.measure(true);
        pace.runUntil(System.nanoTime() + timing.measured().toNanos(), room, loop);
        room.measure(false);
    }

    private static double megabytes(long bytes) {
        return bytes / (double) (1 << 20);
    }
}
