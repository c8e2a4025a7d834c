package io.snorky.benchmarks.micro;

import io.snorky.datasync.SimpleDealer;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a simple dealer takes to find the view of a row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SimpleDealerBenchmark {

    private static final int ROWS = 1 << 14;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** How many queries there are. */
    @Param({"100000", "1000000"})
    public int queries;

    private final SimpleDealer dealer = new SimpleDealer("ByColor", "Thing", "color");
    private final List<JsonNode> rows = new ArrayList<>();
    private int row;

    /** Adds them. */
    @Setup
    public void fill() {
        for (int i = 0; i < queries; i++) {
            dealer.add(dealer.view(NODES.stringNode("color " + i)));
        }
        for (int i = 0; i < ROWS; i++) {
            int color = (int) (i * 7_919L % queries);
            rows.add(NODES.objectNode().put("id", i).put("color", "color " + color));
        }
    }

    /** Finds the one that has the row's key. */
    @Benchmark
    public void match(Blackhole blackhole) {
        dealer.viewsOf(rows.get(row++ & ROWS - 1), blackhole::consume);
    }
}
