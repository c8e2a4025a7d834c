package io.snorky.server.datasync;

import io.snorky.datasync.BroadcastDealer;
import io.snorky.datasync.DataSyncService;
import io.snorky.datasync.Delta;
import io.snorky.datasync.DeltaLogLimits;
import io.snorky.datasync.MemoryDeltaLog;
import io.snorky.datasync.SubscriptionItem;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A DataSync service with one dealer of all todos, and its back end in the same process. */
final class Todos {

    /** Characters of a todo. */
    static final int LENGTH = 10_000;

    final DataSyncService datasync;

    Todos(int logEntries) {
        datasync =
                DataSyncService.builder("datasync")
                        .dealers(new BroadcastDealer("AllTodos", "Todo"))
                        .log(
                                new MemoryDeltaLog(
                                        new DeltaLogLimits(
                                                logEntries, 1L << 30, Duration.ofHours(1))))
                        .build();
    }

    /** A token for all todos. */
    String authorize() {
        var all = new SubscriptionItem("AllTodos", JsonNodeFactory.instance.nullNode());
        return get(datasync.authorizeSubscription(List.of(all), Duration.ofMinutes(5)));
    }

    /** Publishes a long todo. */
    void insert(int id) {
        var row = JsonMapper.shared().createObjectNode();
        row.put("id", id).put("text", "x".repeat(LENGTH));
        get(datasync.publishDeltas(List.of(new Delta.Insert("Todo", row))));
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    /** A call of a client. */
    static String acquire(String token, String more) {
        return "{\"service\":\"datasync\",\"message\":{\"command\":\"acquireSubscription\","
                + "\"callId\":0,\"params\":{\"token\":\"%s\"%s}}}".formatted(token, more);
    }

    /** The id of the todo that a message tells of, or -1 if it tells of none. */
    static int idIn(String message) {
        int at = message.indexOf("{\"id\":");
        return at < 0 ? -1 : Integer.parseInt(message, at + 6, message.indexOf(',', at + 6), 10);
    }

    long figure(String name) {
        return datasync.figures().stream()
                .filter(figure -> figure.name().equals("snorky.datasync." + name))
                .findFirst()
                .orElseThrow()
                .value()
                .getAsLong();
    }
}
