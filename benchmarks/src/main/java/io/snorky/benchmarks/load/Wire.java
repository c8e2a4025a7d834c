package io.snorky.benchmarks.load;

import io.snorky.benchmarks.load.Dialect.Step;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What messages travel by. */
enum Wire {
    /** WebSocket, each text a message. */
    WEBSOCKET,
    /** The WebSocket of SockJS, each text an array of messages. */
    SOCKJS_WEBSOCKET,
    /** The long answers of SockJS, and requests with arrays of messages. */
    SOCKJS_XHR_STREAMING;

    /**
     * @throws IllegalArgumentException if there is none of that name
     */
    static Wire named(String id) {
        return Arrays.stream(values())
                .filter(wire -> wire.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "--over: " + id + " (expected: " + names() + ")"));
    }

    private static String names() {
        return Arrays.stream(values()).map(Wire::id).collect(Collectors.joining(", "));
    }

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean isSockJs() {
        return this != WEBSOCKET;
    }

    /** What a message is in a {@link #frame}. */
    String payload(String text) {
        return switch (this) {
            case WEBSOCKET -> text;
            case SOCKJS_WEBSOCKET -> "[" + quoted(text) + "]";
            case SOCKJS_XHR_STREAMING -> quoted(text) + ",";
        };
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** What {@link Connection#send} wants. */
    byte[] frame(String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return masks() ? Frames.of(Frames.TEXT, bytes) : bytes;
    }

    /** What a byte of a payload looks like in a frame. */
    byte framed(byte value, int index) {
        return masks() ? Frames.masked(value, index) : value;
    }

    private boolean masks() {
        return this != SOCKJS_XHR_STREAMING;
    }

    /** A connection that is to be opened. */
    Connection newConnection(Loop loop, List<Step> dialogue, Listener listener) {
        return switch (this) {
            case WEBSOCKET, SOCKJS_WEBSOCKET -> new WebSocketConnection(loop, dialogue, listener);
            case SOCKJS_XHR_STREAMING -> new XhrConnection(loop, dialogue, listener);
        };
    }
}
