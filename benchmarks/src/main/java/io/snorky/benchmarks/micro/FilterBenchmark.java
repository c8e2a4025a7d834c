package io.snorky.benchmarks.micro;

import io.snorky.datasync.FilterDealer;
import io.snorky.datasync.View;

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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a filter dealer takes to find the ten or so filters that are true for a row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FilterBenchmark {

    private static final int ROWS = 1 << 12;
    private static final int NEWCOMERS = 1 << 14;
    private static final long CHURN_NANOS = TimeUnit.SECONDS.toNanos(1) / 1_000;

    /** How many there are. */
    @Param({"1000", "100000", "1000000"})
    public int filters;

    private final FilterDealer dealer = new FilterDealer("Filtered", "Task");
    private final List<View> views = new ArrayList<>();
    private final List<JsonNode> queries = new ArrayList<>();
    private final List<JsonNode> rows = new ArrayList<>();
    private int row;
    private int change;
    private long nextChange;

    /** Adds them, and thinks of rows and of queries that will come. */
    @Setup
    public void fill() {
        var random = new Filters(1, filters);
        while (views.size() < filters) {
            View view = dealer.view(random.next());
            views.add(view);
            dealer.add(view);
        }
        for (int i = 0; i < ROWS; i++) {
            rows.add(random.row());
        }
        for (int i = 0; i < NEWCOMERS; i++) {
            queries.add(random.next());
        }
        nextChange = System.nanoTime();
    }

    private JsonNode nextRow() {
        return rows.get(row++ & ROWS - 1);
    }

    /** Finds them with the index. */
    @Benchmark
    public void match(Blackhole blackhole) {
        dealer.viewsOf(nextRow(), blackhole::consume);
    }

    /** Asks each of them. */
    @Benchmark
    public void scan(Blackhole blackhole) {
        JsonNode next = nextRow();
        for (View view : views) {
            if (view.sees(next)) {
                blackhole.consume(view);
            }
        }
    }

    /** Finds them with the index, while a thousand a second go and as many others come. */
    @Benchmark
    public void matchDuringChurn(Blackhole blackhole) {
        if (System.nanoTime() - nextChange > 0) {
            nextChange += CHURN_NANOS;
            replaceOne();
        }
        dealer.viewsOf(nextRow(), blackhole::consume);
    }

    /** One goes, and another comes, whose query is read. */
    @Benchmark
    public void replaceOne() {
        View view = dealer.view(queries.get(change & NEWCOMERS - 1));
        dealer.remove(views.set(change % filters, view));
        dealer.add(view);
        change++;
    }
}
