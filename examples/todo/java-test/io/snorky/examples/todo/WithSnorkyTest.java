package io.snorky.examples.todo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.snorky.datasync.BroadcastDealer;
import io.snorky.datasync.DataSyncBackend;
import io.snorky.datasync.DataSyncService;
import io.snorky.server.SnorkyServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;

/** The application beside a real Snorky server, and pages that follow its tasks. */
class WithSnorkyTest {

    private static final String KEY = "swordfish";
    private static final int WRITERS = 4;
    private static final int CHANGES_EACH = 100;

    @TempDir Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private SnorkyServer snorky;
    private TodoApplication todo;
    private RestClient rest;

    @BeforeEach
    void start() throws Exception {
        snorky = startSnorky(0, 0);
        todo =
                TodoApplication.start(
                        TodoOptions.withKey(KEY)
                                .withPort(0)
                                .withDatabase("jdbc:h2:file:" + folder.resolve("todo"))
                                .withSnorkyBackend(
                                        URI.create("http://127.0.0.1:" + port(1) + "/backend")));
        rest = new RestClient(todo.address());
    }

    @AfterEach
    void stop() {
        rest.close();
        todo.close();
        snorky.close();
        http.close();
    }

    @Test
    void whatever_is_changed_at_the_same_time_pages_end_with_what_is_in_the_database()
            throws Exception {
        var copies = new ArrayList<LiveCopy>(List.of(open()));
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < WRITERS; i++) {
                var random = new Random(i);
                writers.submit(() -> write(random));
            }
            copies.add(open());
        }
        copies.add(open());

        for (LiveCopy copy : copies) {
            await().untilAsserted(() ->
                    assertThat(copy.tasks()).containsExactlyInAnyOrderElementsOf(rows()));
            copy.close();
        }
    }

    @Test
    void changes_that_were_made_while_snorky_was_restarted_reach_the_pages_that_came_back() {
        int frontend = port(0);
        int backend = port(1);
        String id = rest.add("before");
        snorky.close();
        rest.add("while it was away");

        snorky = startSnorky(frontend, backend);
        LiveCopy copy = open();
        rest.json("PATCH", "/api/tasks/" + id, "{\"completed\": true}");

        await().untilAsserted(
                        () -> assertThat(copy.tasks()).containsExactlyInAnyOrderElementsOf(rows()));
        assertThat(rest.titles()).containsExactly("before", "while it was away");
        copy.close();
    }

    private static SnorkyServer startSnorky(int frontend, int backend) {
        var datasync = new DataSyncService("datasync", new BroadcastDealer("AllTasks", "Task"));
        return SnorkyServer.builder()
                .listen(frontend, port -> port.webSocket("/ws", datasync))
                .listen(
                        backend,
                        port ->
                                port.httpBackend(
                                        "/backend",
                                        KEY,
                                        new DataSyncBackend("datasync_backend", datasync)))
                .start();
    }

    private int port(int index) {
        return snorky.addresses().get(index).getPort();
    }

    private LiveCopy open() {
        URI websocket = URI.create("ws://127.0.0.1:" + port(0) + "/ws");
        return new LiveCopy(http, websocket, rest.get("/api/tasks", "X-Snorky", "Subscribe"));
    }

    private List<JsonNode> rows() {
        return rest.get("/api/tasks").json().valueStream().toList();
    }

    private void write(Random random) {
        for (int i = 0; i < CHANGES_EACH; i++) {
            List<JsonNode> rows = rows();
            String id =
                    rows.isEmpty()
                            ? rest.add("first")
                            : rows.get(random.nextInt(rows.size())).path("id").stringValue();
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> rest.add("task " + i);
                case 3, 4, 5 -> change(id, "{\"completed\": " + random.nextBoolean() + "}");
                case 6 -> change(id, "{\"title\": \"renamed " + i + "\"}");
                case 7 -> rest.delete("/api/tasks/" + id);
                case 8 -> rest.json("PATCH", "/api/tasks", "{\"completed\": true}");
                default -> rest.delete("/api/tasks?completed=true");
            }
        }
    }

    private void change(String id, String fields) {
        rest.json("PATCH", "/api/tasks/" + id, fields);
    }
}
