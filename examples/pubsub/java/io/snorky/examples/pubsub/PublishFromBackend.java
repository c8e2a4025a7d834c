package io.snorky.examples.pubsub;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Publishes one message through the HTTP back end, as a program in any language could. */
public final class PublishFromBackend {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private PublishFromBackend() {}

    /**
     * Publishes to the channel {@code messages}. {@code SNORKY_BACKEND} holds the address of the
     * back end, {@code SNORKY_BACKEND_KEY} its key.
     *
     * @param arguments the words of the message
     */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length == 0) {
            System.err.println("arguments: none (expected: the words of a message)");
            System.exit(2);
        }
        Map<String, String> environment = System.getenv();
        String backend =
                environment.getOrDefault("SNORKY_BACKEND", "http://127.0.0.1:5002/backend");
        String key = environment.getOrDefault("SNORKY_BACKEND_KEY", "swordfish");
        try {
            publish(URI.create(backend), key, "messages", String.join(" ", arguments));
        } catch (IOException failure) {
            System.err.println("Not published: " + failure);
            System.exit(1);
        }
    }

    private static void publish(URI backend, String key, String channel, String message)
            throws IOException, InterruptedException {
        var params = Map.of("channel", channel, "message", message);
        var call = Map.of("command", "publish", "params", params);
        String envelope =
                JsonMapper.shared()
                        .writeValueAsString(Map.of("service", "pubsub_backend", "message", call));
        HttpRequest request =
                HttpRequest.newBuilder(backend)
                        .timeout(TIMEOUT)
                        .header("X-Backend-Key", key)
                        .POST(BodyPublishers.ofString(envelope))
                        .build();
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            check(backend, http.send(request, BodyHandlers.ofString()));
        }
    }

    private static void check(URI backend, HttpResponse<String> response) throws IOException {
        if (response.statusCode() != 200) {
            throw new IOException(
                    backend + ": status " + response.statusCode() + " (expected: 200)");
        }
        JsonNode answer = JsonMapper.shared().readTree(response.body()).path("message");
        if (!answer.path("type").asString("").equals("response")) {
            throw new IOException(backend + ": " + answer.path("message").asString("no answer"));
        }
    }
}
