package io.snorky.examples.shared;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a page is to the server. JSON is written with single quotes. */
public final class TestPage implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int PATIENCE_SECONDS = 20;

    private final Ear ear = new Ear();
    private final WebSocket socket;

    TestPage(URI address) {
        socket = HTTP.newWebSocketBuilder().buildAsync(address, ear).join();
    }

    /** Calls a command, named as {@code service.command}, without waiting for the answer. */
    public TestPage calls(String name, String params) {
        int dot = name.indexOf('.');
        String call =
                "{'service':'%s','message':{'command':'%s','params':%s,'callId':'%s'}}"
                        .formatted(name.substring(0, dot), name.substring(dot + 1), params, name);
        socket.sendText(call.replace('\'', '"'), true).join();
        return this;
    }

    /**
     * The next message, as text: what a command replied, its error, or the whole of a notification,
     * whatever the order of its members.
     */
    public String hears() {
        JsonNode message = next().path("message");
        return switch (message.path("type").asString()) {
            case "response" -> message.path("data").toString();
            case "error" -> message.path("message").asString();
            default -> message.toString();
        };
    }

    /** Which command the next message answers. */
    public String hearsAnswerTo() {
        return next().path("message").path("callId").asString();
    }

    /** Calls a command; gives what comes next. */
    public String asks(String name, String params) {
        return calls(name, params).hears();
    }

    private JsonNode next() {
        try {
            String text = ear.messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (text == null) {
                throw new AssertionError("nothing heard");
            }
            return JsonMapper.shared().readTree(text);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** Hangs up, if it has not. */
    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        }
    }

    private static final class Ear implements WebSocket.Listener {

        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(text.toString());
                text.setLength(0);
            }
            return WebSocket.Listener.super.onText(webSocket, "", last);
        }
    }
}
