package io.snorky.examples.notes;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A page of the notes, as the server meets it. JSON is written with single quotes. */
final class Tab implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int PATIENCE_SECONDS = 10;

    private final Ear ear = new Ear();
    private final WebSocket socket;
    private final JsonNode first;

    Tab(URI address, String session) {
        socket = HTTP.newWebSocketBuilder().buildAsync(address, ear).join();
        hears("_REQUEST_USER_SESSION");
        says("_USER_SESSION", "{'user':'Ada','session':'" + session + "'}");
        first = hears("_SET:NOTES");
    }

    /** The notes' state, as it came with the connection. */
    JsonNode first() {
        return first;
    }

    Tab says(String type, String data) {
        String text = "{'type':'" + type + "','data':" + data + "}";
        socket.sendText(text.replace('\'', '"'), true).join();
        return this;
    }

    /** Calls an action with bytes. */
    Tab uploads(String name, byte[] file) {
        says(
                "_BIN_META",
                "{'type':'_ACTION:NOTES','metadata':{'type':'upload','name':'" + name + "'}}");
        socket.sendBinary(ByteBuffer.wrap(file), true).join();
        return this;
    }

    /** The data of the next event of that type; others before it are passed over. */
    JsonNode hears(String type) {
        while (true) {
            JsonNode event = next();
            if (event.path("type").asString().equals(type)) {
                return event.path("data");
            }
        }
    }

    /** The state of the notes, as the server has it. */
    JsonNode state() {
        return says("_GET:NOTES", "{}").hears("_SET:NOTES");
    }

    /** Their texts. */
    String notes() {
        return state().path("notes").findValuesAsString("text").toString();
    }

    private JsonNode next() {
        try {
            String text = ear.events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(text).as("something heard").isNotNull();
            return JsonMapper.shared().readTree(text);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }

    private static final class Ear implements WebSocket.Listener {

        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket own, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                events.add(text.toString());
                text.setLength(0);
            }
            return WebSocket.Listener.super.onText(own, data, last);
        }
    }
}
