package io.snorky.examples.todo;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * A Snorky server's HTTP back end, as a web application in any language meets it: one POST per
 * call, and the answer in its response.
 *
 * <p>Threads: may be shared.
 */
final class SnorkyBackend implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
    private static final int ANSWER_LIMIT_BYTES = 64 << 10;
    private static final String DATASYNC = "datasync_backend";

    private final JsonMapper json = JsonMapper.shared();
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_TIMEOUT)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();
    private final URI address;
    private final String key;

    /**
     * Connects with the first call.
     *
     * @param address such as {@code http://127.0.0.1:5002/backend}
     * @param key what the server expects in {@code X-Backend-Key}
     */
    SnorkyBackend(URI address, String key) {
        this.address = address;
        this.key = key;
    }

    /**
     * Asks for the right to receive what a dealer deals out.
     *
     * @return the token that a page may exchange for the subscription
     */
    String authorizeSubscription(String dealer) throws SnorkyException, InterruptedException {
        var item = new HashMap<String, Object>();
        item.put("dealer", dealer);
        item.put("query", null);
        return call(DATASYNC, "authorizeSubscription", Map.of("items", List.of(item)))
                .stringValue();
    }

    /** Tells the server what changed, in this order. */
    void publishDeltas(List<Map<String, Object>> deltas)
            throws SnorkyException, InterruptedException {
        call(DATASYNC, "publishDeltas", Map.of("deltas", deltas));
    }

    /**
     * Calls a command of a back-end service.
     *
     * @return what the command returns
     */
    JsonNode call(String service, String command, Map<String, ?> params)
            throws SnorkyException, InterruptedException {
        var message = Map.of("command", command, "params", params);
        byte[] envelope = json.writeValueAsBytes(Map.of("service", service, "message", message));
        return read(send(envelope));
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }

    private byte[] send(byte[] envelope) throws SnorkyException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address)
                        .timeout(ANSWER_TIMEOUT)
                        .header("Content-Type", "application/json")
                        .header("X-Backend-Key", key)
                        .POST(BodyPublishers.ofByteArray(envelope))
                        .build();
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] answer = body.readNBytes(ANSWER_LIMIT_BYTES);
                if (response.statusCode() != 200) {
                    throw SnorkyException.status(address, response.statusCode());
                }
                return answer;
            }
        } catch (IOException failure) {
            throw SnorkyException.unreachable(address, failure);
        }
    }

    private JsonNode read(byte[] answer) throws SnorkyException {
        try {
            JsonNode message = json.readTree(answer).path("message");
            return switch (message.path("type").asString("")) {
                case "response" -> message.path("data");
                case "error" -> throw SnorkyException.refused(message.path("message").asString(""));
                default -> throw SnorkyException.notSnorky(address);
            };
        } catch (JacksonException failure) {
            throw SnorkyException.notSnorky(address);
        }
    }
}
