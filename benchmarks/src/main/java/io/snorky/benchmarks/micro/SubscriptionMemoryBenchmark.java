package io.snorky.benchmarks.micro;

import io.snorky.Client;
import io.snorky.Registry;
import io.snorky.datasync.DataSyncService;
import io.snorky.datasync.FilterDealer;
import io.snorky.datasync.SubscriptionItem;

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
import org.openjdk.jmh.infra.Blackhole;

import tools.jackson.databind.JsonNode;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The heap that subscriptions take, each with a filter of its own: all that a DataSync service
 * keeps for them. A hundred are held by each client, or nobody holds them yet.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 1)
public class SubscriptionMemoryBenchmark {

    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();
    private static final int SUBSCRIPTIONS = 100_000;
    private static final int EACH = 100;

    /** Whether clients hold them. */
    @Param({"false", "true"})
    public boolean held;

    /** What is counted besides time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Size {

        /** Heap for each subscription, its filter included. */
        public double bytesPerSubscription;

        /** Characters of each query, as JSON. */
        public double queryLength;
    }

    /** Authorises them, and has clients acquire them. */
    @Benchmark
    public Registry add(Size size, Blackhole blackhole) {
        var random = new Filters(1, SUBSCRIPTIONS);
        var datasync = new DataSyncService("datasync", new FilterDealer("Filtered", "Task"));
        var registry = new Registry(datasync);
        var loop = new NowhereLoop(blackhole);
        Client[] clients = new Client[SUBSCRIPTIONS / EACH];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = registry.connect(loop.newConnection());
        }
        long before = usedBytes();
        long length = 0;
        for (int i = 0; i < SUBSCRIPTIONS; i++) {
            JsonNode query = random.next();
            length += query.toString().length();
            String token =
                    datasync.authorizeSubscription(
                                    List.of(new SubscriptionItem("Filtered", query)),
                                    Duration.ofHours(1))
                            .toCompletableFuture()
                            .join();
            if (held) {
                byte[] call = acquisition(token);
                blackhole.consume(registry.receive(clients[i / EACH], call, 0, call.length));
            }
        }
        size.bytesPerSubscription = (double) (usedBytes() - before) / SUBSCRIPTIONS;
        size.queryLength = (double) length / SUBSCRIPTIONS;
        blackhole.consume(clients);
        return registry;
    }

    private static byte[] acquisition(String token) {
        return ("{\"service\":\"datasync\",\"message\":{\"command\":\"acquireSubscription\","
                        + "\"params\":{\"token\":\"%s\"},\"callId\":1}}".formatted(token))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static long usedBytes() {
        MEMORY.gc();
        return MEMORY.getHeapMemoryUsage().getUsed();
    }
}
