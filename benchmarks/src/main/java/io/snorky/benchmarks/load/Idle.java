package io.snorky.benchmarks.load;

import java.time.Duration;
import java.util.EnumMap;

/**
 * Subscribers to whom nothing happens. What they take is what the server has resident beyond what
 * it had when it was empty, garbage collected both times.
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
        server.collect();
        long empty = server.residentBytes();
        try (var loop = new Loop(server.port(), dialect)) {
            var opening = new Stopwatch(server);
            open(loop);
            double openNanos = opening.cpuNanos();
            loop.runFor(timing.warmUp());
            long heap = server.collect();
            long full = server.residentBytes();

            loop.runFor(timing.warmUp());
            var idling = new Stopwatch(server);
            loop.runFor(hold);
            double idle = idling.cpuNanos() / idling.elapsedNanos();

            var figures = new EnumMap<Figure, Double>(Figure.class);
            figures.put(Figure.KB_PER_CONNECTION, (full - empty) / 1024.0 / connections);
            figures.put(Figure.OPEN_CPU_MICROS, openNanos / 1e3 / connections);
            figures.put(Figure.IDLE_CPU_PERCENT, 100 * idle);
            figures.put(Figure.RESIDENT_MB, full / (double) (1 << 20));
            figures.put(Figure.HEAP_MB, heap / (double) (1 << 20));
            return new Figures(figures);
        }
    }

    private void open(Loop loop) {
        for (int i = 0; i < connections; i++) {
            loop.awaitRoom();
            loop.connect(loop.dialect().joining(), new Listener() {});
        }
        loop.awaitOpen();
    }
}
