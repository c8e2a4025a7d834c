package io.snorky.benchmarks.micro;

import io.snorky.Message;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What it takes to write a message as JSON, which happens once however many get it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncodeBenchmark {

    private final String text = "x".repeat(128);
    private final JsonNode tree =
            JsonMapper.shared()
                    .readTree("{\"type\":\"message\",\"channel\":\"bench\",\"n\":[1,2,3]}");
    private final Map<String, Object> map = Map.of("type", "message", "channel", "bench", "n", 3);

    /** A string of 128 characters. */
    @Benchmark
    public Message string() {
        return Message.of("pubsub", text);
    }

    /** A small tree. */
    @Benchmark
    public Message tree() {
        return Message.of("pubsub", tree);
    }

    /** A small map, which goes through Jackson. */
    @Benchmark
    public Message map() {
        return Message.of("pubsub", map);
    }
}
