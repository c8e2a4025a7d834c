package io.snorky.server.oracle;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/**
 * The Snorky server as the web application calls it: again and again, until it has answered.
 *
 * <p>Threads: any.
 */
final class BackEndCalls implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Run run;
    private final Site site;

    BackEndCalls(Run run, Site site) {
        this.run = run;
        this.site = site;
    }

    /** Returns the token. */
    String authorize(String service, List<ObjectNode> items) throws InterruptedException {
        return call(service, "authorizeSubscription", "items", items).stringValue();
    }

    void publish(List<ObjectNode> deltas) throws InterruptedException {
        call(Site.PATIENT, "publishDeltas", "deltas", deltas);
    }

    private JsonNode call(String service, String command, String name, List<ObjectNode> value)
            throws InterruptedException {
        ArrayNode list = JsonNodeFactory.instance.arrayNode().addAll(value);
        ObjectNode envelope = JsonNodeFactory.instance.objectNode().put("service", service);
        envelope.putObject("message").put("command", command).putObject("params").set(name, list);
        byte[] body = JSON.writeValueAsBytes(envelope);
        while (true) {
            Site.Life life = site.awaitLife();
            try {
                return answer(post(life, body));
            } catch (IOException e) {
                if (!site.awaitLifeAfter(life)) {
                    throw new AssertionError(command + " failed, but the server was up", e);
                }
                run.happened(Happening.PUBLISHED_AGAIN);
            }
        }
    }

    private HttpResponse<byte[]> post(Site.Life life, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(life.backend())
                        .timeout(PATIENCE)
                        .header("X-Backend-Key", Site.KEY)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build();
        return http.send(request, BodyHandlers.ofByteArray());
    }

    private static JsonNode answer(HttpResponse<byte[]> response) throws IOException {
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
        JsonNode message = JSON.readTree(response.body()).get("message");
        if (!message.get("type").stringValue().equals("response")) {
            throw new AssertionError("refused: " + message);
        }
        return message.get("data");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
