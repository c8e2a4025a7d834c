package io.snorky.examples.todo;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;

/** The tasks as a page has them: fetched with a token, then changed by deltas over WebSocket. */
final class LiveCopy implements WebSocket.Listener, AutoCloseable {

    private final Map<String, JsonNode> tasks = new ConcurrentSkipListMap<>();
    private final CompletableFuture<JsonNode> acquired = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    LiveCopy(HttpClient http, URI websocket, RestClient.Answer list) {
        list.json().forEach(this::put);
        socket = http.newWebSocketBuilder().buildAsync(websocket, this).join();
        socket.sendText(
                """
                {"service": "datasync", "message": {"command": "acquireSubscription",
                 "params": {"token": "%s"}, "callId": 0}}\
                """
                        .formatted(list.header("X-Subscription-Token")),
                true);
        acquired.join();
    }

    /** The rows, in the order of their ids. */
    Collection<JsonNode> tasks() {
        return tasks.values();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            received(JsonMapper.shared().readTree(text.toString()).path("message"));
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }

    private void received(JsonNode message) {
        switch (message.path("type").stringValue()) {
            case "delta" -> apply(message.path("delta"));
            case "response" -> acquired.complete(message);
            default -> acquired.completeExceptionally(new AssertionError(message));
        }
    }

    private void apply(JsonNode delta) {
        switch (delta.path("type").stringValue()) {
            case "insert" -> put(delta.path("data"));
            case "update" -> put(delta.path("newData"));
            case "delete" -> tasks.remove(delta.path("data").path("id").stringValue());
            default -> throw new AssertionError(delta);
        }
    }

    private void put(JsonNode task) {
        tasks.put(task.path("id").stringValue(), task);
    }
}
