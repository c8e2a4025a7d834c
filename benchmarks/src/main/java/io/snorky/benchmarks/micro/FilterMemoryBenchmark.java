package io.snorky.benchmarks.micro;

import io.snorky.datasync.FilterDealer;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import tools.jackson.databind.JsonNode;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.TimeUnit;

/** The heap that filters take. The time says how long it takes to add them and to collect. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 1)
public class FilterMemoryBenchmark {

    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

    /** How many there are. */
    @Param({"100000", "1000000"})
    public int filters;

    /** What is counted besides time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Size {

        /** Heap for each filter: its tree, its view, its place in the index. */
        public double bytesPerFilter;

        /** Characters of each query, as JSON. */
        public double queryLength;
    }

    /** Adds them to an empty dealer. */
    @Benchmark
    public FilterDealer add(Size size) {
        var random = new Filters(1, filters);
        long before = usedBytes();
        var dealer = new FilterDealer("Filtered", "Task");
        long length = 0;
        for (int i = 0; i < filters; i++) {
            JsonNode query = random.next();
            length += query.toString().length();
            dealer.add(dealer.view(query));
        }
        size.bytesPerFilter = (double) (usedBytes() - before) / filters;
        size.queryLength = (double) length / filters;
        return dealer;
    }

    private static long usedBytes() {
        MEMORY.gc();
        return MEMORY.getHeapMemoryUsage().getUsed();
    }
}
