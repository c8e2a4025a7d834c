package io.snorky.server.datasync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.snorky.Registry;
import io.snorky.datasync.BroadcastDealer;
import io.snorky.datasync.DataSyncService;
import io.snorky.datasync.Delta;
import io.snorky.datasync.SubscriptionItem;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.node.JsonNodeFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** A large batch for many: what a connection has no room for is in the log, and nowhere else. */
class LargeBatchTest {

    private static final int SUBSCRIBERS = 200;
    private static final int DELTAS = 10_000;

    /** What may wait in a connection before what is in a log is left there. */
    private static final long MARK_BYTES = 64 << 10;

    /** The batch itself, encoded once for each event loop, and what the allocator does not use. */
    private static final long BESIDE_BYTES = 16 << 20;

    private static final String TEXT = "x".repeat(200);

    private final DataSyncService datasync =
            new DataSyncService("datasync", new BroadcastDealer("AllTodos", "Todo"));
    private final RunningServer server =
            new RunningServer(
                    at -> at.webSocket("/ws", WebSocketOptions.DEFAULT, new Registry(datasync)));
    private final List<WireWebSocket> subscribers = new ArrayList<>();

    @AfterEach
    void stop() {
        subscribers.forEach(WireWebSocket::close);
        server.stop();
    }

    @Test
    void no_connection_holds_more_than_it_may_and_each_gets_all() throws Exception {
        server.start();
        for (int i = 0; i < SUBSCRIBERS; i++) {
            subscribers.add(subscribe());
        }
        long before = directBytes();

        get(datasync.publishDeltas(IntStream.range(0, DELTAS).mapToObj(this::insert).toList()));
        await().until(() -> figure("lagging") == SUBSCRIBERS);

        long waiting = directBytes() - before;
        assertThat(waiting).isLessThan(SUBSCRIBERS * MARK_BYTES + BESIDE_BYTES);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> readers = new ArrayList<>();
            for (WireWebSocket subscriber : subscribers) {
                readers.add(threads.submit(reading(subscriber)));
            }
            for (Future<?> reader : readers) {
                reader.get();
                assertThat(directBytes() - before)
                        .isLessThan(SUBSCRIBERS * MARK_BYTES + BESIDE_BYTES);
            }
        }
    }

    private WireWebSocket subscribe() {
        var all = new SubscriptionItem("AllTodos", JsonNodeFactory.instance.nullNode());
        String token = get(datasync.authorizeSubscription(List.of(all), Duration.ofMinutes(5)));
        var subscriber = WireWebSocket.on(Wire.withSmallReceiveBuffer(server.address()));
        subscriber.says(
                """
                {"service":"datasync","message":{"command":"acquireSubscription","callId":0,\
                "params":{"token":"%s"}}}\
                """
                        .formatted(token));
        assertThat(subscriber.frame().text()).contains("response");
        return subscriber;
    }

    private Delta insert(int id) {
        return new Delta.Insert(
                "Todo", JsonNodeFactory.instance.objectNode().put("id", id).put("text", TEXT));
    }

    /** Reads all deltas, which have to come in order. */
    private static Callable<Void> reading(WireWebSocket subscriber) {
        return () -> {
            for (int id = 0; id < DELTAS; id++) {
                String text = subscriber.frame().text();
                if (!text.contains("{\"id\":" + id + ",")) {
                    throw new AssertionError("instead of " + id + ": " + text);
                }
            }
            return null;
        };
    }

    private static long directBytes() {
        ByteBufAllocatorMetric metric =
                ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        return metric.usedDirectMemory();
    }

    private long figure(String name) {
        return datasync.figures().stream()
                .filter(figure -> figure.name().equals("snorky.datasync." + name))
                .findFirst()
                .orElseThrow()
                .value()
                .getAsLong();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
