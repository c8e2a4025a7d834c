package io.snorky.benchmarks.load;

import java.time.Duration;
import java.util.EnumMap;

/**
 * Subscribers to whom nothing happens. What they take is what the server has resident beyond what
 * it had when it was empty, garbage collected both times; what a further one takes is the same
 * between a fifth of them and all.
 */
record Idle(int connections, Duration hold) implements Scenario {

    @Override
    public String title() {
        return "%,d idle subscribers".formatted(connections);
    }

    @Override
    public boolean needsNewServer() {
        return true;
    }

    @Override
    public Figures run(ServerProcess server, Dialect dialect, Timing timing) {
        long empty = resident(server);
        try (var loop = new Loop(server.port(), dialect)) {
            var figures = new EnumMap<Figure, Double>(Figure.class);
            int fifth = connections / 5;
            var opening = new Stopwatch(server);
            open(fifth, loop);
            double openNanos = opening.cpuNanos();
            loop.runFor(timing.warmUp());
            long some = resident(server);

            opening = new Stopwatch(server);
            open(connections - fifth, loop);
            openNanos += opening.cpuNanos();
            loop.runFor(timing.warmUp());
            long heap = server.collect();
            long full = resident(server);
            figures.put(Figure.KB_PER_CONNECTION, kilobytes(full - empty) / connections);
            figures.put(Figure.KB_PER_FURTHER, kilobytes(full - some) / (connections - fifth));
            figures.put(Figure.OPEN_CPU_MICROS, openNanos / 1e3 / connections);
            figures.put(Figure.RESIDENT_MB, kilobytes(full) / 1024);
            figures.put(Figure.HEAP_MB, kilobytes(heap) / 1024);

            loop.runFor(timing.warmUp());
            var idling = new Stopwatch(server);
            loop.runFor(hold);
            double idle = idling.cpuNanos() / idling.elapsedNanos();
            figures.put(Figure.IDLE_CPU_PERCENT, 100 * idle);
            return new Figures(figures);
        }
    }

    private static long resident(ServerProcess server) {
        server.collect();
        return server.residentBytes();
    }

    private static double kilobytes(long bytes) {
        return bytes / 1024.0;
    }

    private static void open(int count, Loop loop) {
        for (int i = 0; i < count; i++) {
            loop.awaitRoom();
            loop.connect(loop.dialect().greetingAndJoining(), new Listener() {});
        }
        loop.awaitOpen();
    }
}
