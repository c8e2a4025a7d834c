package io.snorky.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A client of the front end, as the pages of the protocol have it: says something, hears something.
 * JSON is written with single quotes.
 */
final class Peer implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int PATIENCE_SECONDS = 10;

    private final Ear ear = new Ear();
    private final WebSocket socket;
    private int calls;

    private Peer(URI address) {
        socket = HTTP.newWebSocketBuilder().buildAsync(address, ear).join();
    }

    static Peer connect(URI address) {
        return new Peer(address);
    }

    /** Sends a text. */
    Peer says(String json) {
        socket.sendText(Json.of(json), true).join();
        return this;
    }

    /** Calls a command, named as {@code service.command}. */
    Peer calls(String name, String params) {
        calls++;
        return says(Json.call(name, params, Integer.toString(calls)));
    }

    /** Calls a command, which must answer at once with null. */
    Peer does(String name, String params) {
        calls(name, params);
        hearsReply(name, "null");
        return this;
    }

    /** Calls a command, which must refuse at once. */
    void isRefused(String name, String params, String error) {
        calls(name, params);
        hearsError(name, error);
    }

    /** The next thing that comes is this. */
    Peer hears(String json) {
        Json.expect(next(), json);
        return this;
    }

    /** The next thing that comes is this, with a timestamp that is not looked at. */
    void hearsStamped(String json) {
        Json.expectStamped(next(), json);
    }

    /** The next thing that comes is exactly this text. */
    void hearsText(String text) {
        assertThat(next()).isEqualTo(text);
    }

    /** The next thing that comes is the reply to the latest call. */
    void hearsReply(String name, String data) {
        hears(Json.reply(name, data, Integer.toString(calls)));
    }

    /** The next thing that comes is the refusal of the latest call. */
    void hearsError(String name, String error) {
        hears(Json.error(name, error, Integer.toString(calls)));
    }

    /** What is said before an echo is handled before it: only the echo comes. */
    void hearsNothing() {
        says("{'service':'echo','message':'nothing before this'}");
        hears("{'service':'echo','message':'nothing before this'}");
    }

    /** What was said is dropped, and the connection lives on. */
    void isIgnored(String text) {
        says(text);
        hearsNothing();
    }

    String next() {
        try {
            String text = ear.heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(text).as("something heard").isNotNull();
            return String.valueOf(text);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Cuts the connection, as a network does. */
    void isLost() {
        socket.abort();
    }

    @Override
    public void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .handle((done, failure) -> done)
                .join();
    }

    private static final class Ear implements WebSocket.Listener {

        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                heard.add(part.toString());
                part.setLength(0);
            }
            return WebSocket.Listener.super.onText(socket, data, last);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            heard.add("closed with " + code);
            return WebSocket.Listener.super.onClose(socket, code, reason);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            heard.add("failed with " + error);
        }
    }
}
