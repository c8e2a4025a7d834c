package io.snorky.benchmarks.micro;

import io.snorky.Audience;
import io.snorky.Client;
import io.snorky.Message;
import io.snorky.Registry;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

import java.util.concurrent.TimeUnit;

/** What an audience takes of its own, without a network. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AudienceBenchmark {

    /** How many are in it. */
    @Param({"10", "1000"})
    public int members;

    private final Registry registry = new Registry();
    private final Audience audience = new Audience();
    private final Message message = Message.of("pubsub", "x".repeat(128));

    @SuppressWarnings("NullAway.Init") // by fill
    private Client newcomer;

    /** Fills it. */
    @Setup
    public void fill(Blackhole blackhole) {
        var loop = new NowhereLoop(blackhole);
        for (int i = 0; i < members; i++) {
            audience.join(registry.connect(loop.newConnection()));
        }
        newcomer = registry.connect(loop.newConnection());
    }

    /** A message to all. */
    @Benchmark
    public void send() {
        audience.send(message);
    }

    /** Somebody comes and goes. */
    @Benchmark
    public void joinAndLeave() {
        audience.join(newcomer).leave();
    }

    /** The same with a message in between, so that the picture of the members is taken anew. */
    @Benchmark
    public void joinSendAndLeave() {
        var membership = audience.join(newcomer);
        audience.send(message);
        membership.leave();
    }
}
