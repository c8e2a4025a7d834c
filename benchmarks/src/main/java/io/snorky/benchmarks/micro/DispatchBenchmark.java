package io.snorky.benchmarks.micro;

import io.snorky.Client;
import io.snorky.Reception;
import io.snorky.Registry;
import io.snorky.benchmarks.server.SumService;
import io.snorky.pubsub.PubSubService;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

import java.util.concurrent.TimeUnit;

/** The way of a message from its bytes through its command to the reply, without a network. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DispatchBenchmark {

    private final Registry registry = new Registry(new SumService(), new PubSubService("pubsub"));

    @SuppressWarnings("NullAway.Init") // by connect
    private Client client;

    /** Connects the client. */
    @Setup
    public void connect(Blackhole blackhole) {
        client = registry.connect(new NowhereLoop(blackhole).newConnection());
    }

    /** A call of {@code rpc.sum}. */
    @Benchmark
    public Reception call() {
        return registry.receive(client, Texts.CALL, 0, Texts.CALL.length);
    }

    /** A publication to a channel of nobody. */
    @Benchmark
    public Reception publication() {
        return registry.receive(client, Texts.PUBLISH, 0, Texts.PUBLISH.length);
    }
}
