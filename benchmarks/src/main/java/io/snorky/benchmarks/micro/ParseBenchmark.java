package io.snorky.benchmarks.micro;

import io.snorky.json.JsonDocument;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.concurrent.TimeUnit;

/** What it takes to read an envelope. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ParseBenchmark {

    private static final int MAX_NESTING = 512;

    private final JsonDocument document = new JsonDocument();

    /** A call, checked and noted. */
    @Benchmark
    public JsonDocument call() {
        return read(Texts.CALL);
    }

    /** A publication of 128 bytes, likewise. */
    @Benchmark
    public JsonDocument publication() {
        return read(Texts.PUBLISH);
    }

    /** The call as a tree, as a command gets a part of it that asks for one. */
    @Benchmark
    public JsonNode callAsTree() {
        return read(Texts.CALL).tree(JsonDocument.ROOT);
    }

    /** The call as a tree of Jackson's, for comparison. */
    @Benchmark
    public JsonNode callByJackson() {
        return JsonMapper.shared().readTree(Texts.CALL);
    }

    private JsonDocument read(byte[] text) {
        document.read(text, 0, text.length, MAX_NESTING);
        return document;
    }
}
