package io.snorky.benchmarks.load;

import org.HdrHistogram.Histogram;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** What a server uses up from now on. */
final class Stopwatch {

    private static final double NANOS_PER_MICRO = 1e3;
    private static final double BYTES_PER_MB = 1 << 20;

    private final ServerProcess server;
    private final long nanos = System.nanoTime();
    private final Duration cpu;

    Stopwatch(ServerProcess server) {
        this.server = server;
        cpu = server.cpu();
    }

    /** Nanoseconds of the server's threads so far. */
    double cpuNanos() {
        return server.cpu().minus(cpu).toNanos();
    }

    /** Nanoseconds that have passed. */
    double elapsedNanos() {
        return System.nanoTime() - nanos;
    }

    /** What so many units of work have cost. */
    Map<Figure, Double> figures(long units, Histogram latency) {
        if (units == 0) {
            throw new LoadException("server: has done nothing (expected: something)");
        }
        var figures = new EnumMap<Figure, Double>(Figure.class);
        figures.put(Figure.CPU_MICROS, cpuNanos() / NANOS_PER_MICRO / units);
        figures.put(Figure.PER_SECOND, units / (elapsedNanos() / 1e9));
        figures.put(Figure.P50_MICROS, micros(latency, 50));
        figures.put(Figure.P99_MICROS, micros(latency, 99));
        figures.put(Figure.RESIDENT_MB, server.residentBytes() / BYTES_PER_MB);
        return figures;
    }

    static double micros(Histogram latency, double percentile) {
        return latency.getValueAtPercentile(percentile) / NANOS_PER_MICRO;
    }
}
