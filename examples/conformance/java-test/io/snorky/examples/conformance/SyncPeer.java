package io.snorky.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A browser with synced objects: it applies what it hears to the states it has. */
final class SyncPeer implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int PATIENCE_SECONDS = 10;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final Map<String, ObjectNode> states = new HashMap<>();
    private final WebSocket socket;

    SyncPeer(URI address) {
        socket = HTTP.newWebSocketBuilder().buildAsync(address, new Ear()).join();
    }

    SyncPeer is(String user, String session) {
        hears("_REQUEST_USER_SESSION");
        return says("_USER_SESSION", "{'user':'" + user + "','session':'" + session + "'}");
    }

    SyncPeer says(String type, String data) {
        String text = "{'type':'" + type + "','data':" + data + "}";
        socket.sendText(Json.of(text), true).join();
        return this;
    }

    void saysBytes(byte... bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    void acts(String call) {
        says("_ACTION:NOTES", call);
    }

    /** The text of the next frame; states are kept up to date by it. */
    String next() {
        try {
            String text = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(text).as("something heard").isNotNull();
            keep(String.valueOf(text));
            return String.valueOf(text);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void keep(String text) {
        if (!text.startsWith("{")) {
            return;
        }
        JsonNode event = JSON.readTree(text);
        String type = event.path("type").asString();
        String key = type.substring(type.indexOf(':') + 1);
        if (type.startsWith("_SET:")) {
            states.put(key, (ObjectNode) event.path("data"));
        } else if (type.startsWith("_PATCH:")) {
            event.path("data").forEach(operation -> apply(state(key), operation));
        }
    }

    private static void apply(ObjectNode state, JsonNode operation) {
        String path = operation.path("path").asString();
        int end = path.lastIndexOf('/');
        String name = path.substring(end + 1);
        JsonNode value = operation.path("value");
        String op = operation.path("op").asString();
        switch (state.at(path.substring(0, end))) {
            case ObjectNode object -> object.set(name, value);
            case ArrayNode array when op.equals("remove") -> array.remove(Integer.parseInt(name));
            case ArrayNode array when op.equals("add") ->
                    array.insert(name.equals("-") ? array.size() : Integer.parseInt(name), value);
            case ArrayNode array -> array.set(Integer.parseInt(name), value);
            default -> throw new AssertionError(path);
        }
    }

    ObjectNode state(String key) {
        ObjectNode state = states.get(key);
        assertThat(state).as("state of " + key).isNotNull();
        return state == null ? JSON.createObjectNode() : state;
    }

    /** The next frame is an event of that type; returns its data. */
    JsonNode hears(String type) {
        String text = next();
        JsonNode event = JSON.readTree(text);
        assertThat(event.path("type").asString()).as(text).isEqualTo(type);
        return event.path("data");
    }

    /** Listens until a state is as it should be. */
    void hearsUntil(String key, Predicate<JsonNode> condition) {
        while (!states.containsKey(key) || !condition.test(state(key))) {
            next();
        }
    }

    @Override
    public void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .handle((done, failure) -> done)
                .join();
    }

    private final class Ear implements WebSocket.Listener {

        private final StringBuilder part = new StringBuilder();
        private int bytes;

        @Override
        public CompletionStage<?> onText(WebSocket own, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                heard.add(part.toString());
                part.setLength(0);
            }
            return WebSocket.Listener.super.onText(own, data, last);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket own, ByteBuffer data, boolean last) {
            bytes += data.remaining();
            if (last) {
                heard.add("bytes " + bytes);
                bytes = 0;
            }
            return WebSocket.Listener.super.onBinary(own, data, last);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket own, int code, String reason) {
            heard.add("closed with " + code);
            return WebSocket.Listener.super.onClose(own, code, reason);
        }
    }
}
