package io.snorky.examples.todo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands at the place of a Snorky back end, records the calls, and fails on demand. */
final class BackendStandIn implements AutoCloseable {

    static final String KEY = "swordfish";
    static final String TOKEN = "4v8ud8ftx52ifr5ebtdqtjle9rgm56f1";

    private final List<List<JsonNode>> published = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final int port;
    private @Nullable HttpServer server;
    private volatile String answer = response("null");
    private volatile Runnable duringAuthorization = () -> {};

    BackendStandIn() throws IOException {
        server = listen(0);
        port = server.getAddress().getPort();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port + "/backend");
    }

    /** The messages that were taken, each a list of deltas. */
    List<List<JsonNode>> published() {
        return published;
    }

    /** The deltas of all messages. */
    List<JsonNode> deltas() {
        return published.stream().flatMap(List::stream).toList();
    }

    /** How many messages were answered with an error. */
    int refusals() {
        return refusals.get();
    }

    void answerDeltasWithError(String message) {
        answer =
                "{\"message\":{\"type\":\"error\",\"callId\":null,\"message\":\""
                        + message
                        + "\"}}";
    }

    void answerDeltas() {
        answer = response("null");
    }

    void duringAuthorization(Runnable action) {
        duringAuthorization = action;
    }

    void stop() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    void startAgain() throws IOException {
        server = listen(port);
    }

    @Override
    public void close() {
        stop();
    }

    private HttpServer listen(int onPort) throws IOException {
        HttpServer http =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/backend", this::serve);
        http.start();
        return http;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode message =
                    JsonMapper.shared().readTree(exchange.getRequestBody()).path("message");
            boolean allowed = KEY.equals(exchange.getRequestHeaders().getFirst("X-Backend-Key"));
            byte[] reply = reply(message).getBytes(UTF_8);
            exchange.sendResponseHeaders(allowed ? 200 : 401, reply.length);
            exchange.getResponseBody().write(reply);
        }
    }

    private String reply(JsonNode message) {
        JsonNode params = message.path("params");
        return switch (message.path("command").stringValue()) {
            case "authorizeSubscription" -> {
                duringAuthorization.run();
                yield response('"' + TOKEN + '"');
            }
            case "publishDeltas" -> {
                if (answer.contains("response")) {
                    published.add(params.path("deltas").valueStream().toList());
                } else {
                    refusals.incrementAndGet();
                }
                yield answer;
            }
            default -> throw new UncheckedIOException(new IOException("unknown: " + message));
        };
    }

    private static String response(String data) {
        return "{\"message\":{\"type\":\"response\",\"data\":" + data + "}}";
    }
}
