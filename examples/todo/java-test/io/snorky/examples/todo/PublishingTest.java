package io.snorky.examples.todo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Executors;

class PublishingTest {

    @TempDir Path folder;
    private TodoFixture todo;

    @BeforeEach
    void start() throws Exception {
        todo = new TodoFixture(folder);
    }

    @AfterEach
    void stop() {
        todo.close();
    }

    @Test
    void each_change_is_published_with_the_row_before_and_after_it() {
        String id = todo.rest.add("Buy milk");
        JsonNode before = todo.rest.get("/api/tasks/" + id).json();
        awaitDeltas(1);
        JsonNode after = complete(id, true);
        awaitDeltas(2);
        todo.rest.delete("/api/tasks/" + id);
        awaitDeltas(3);

        List<JsonNode> deltas = todo.snorky.deltas();
        assertThat(deltas)
                .extracting(PublishingTest::type)
                .containsExactly("insert", "update", "delete");
        assertThat(deltas).allMatch(delta -> delta.path("model").stringValue().equals("Task"));
        assertThat(deltas.get(0).path("data")).isEqualTo(before);
        assertThat(deltas.get(1).path("oldData")).isEqualTo(before);
        assertThat(deltas.get(1).path("newData")).isEqualTo(after);
        assertThat(deltas.get(2).path("data")).isEqualTo(after);
    }

    @Test
    void what_changed_nothing_is_not_published() {
        String id = todo.rest.add("Buy milk");
        complete(id, false);
        todo.rest.json("PATCH", "/api/tasks", "{\"completed\": false}");
        todo.rest.delete("/api/tasks?completed=true");
        todo.rest.json("POST", "/api/tasks", "{\"title\": \"\"}");

        todo.close();

        assertThat(todo.snorky.deltas()).extracting(PublishingTest::type).containsExactly("insert");
    }

    @Test
    void a_change_of_many_tasks_is_one_message() {
        for (int i = 0; i < 20; i++) {
            todo.rest.add("task " + i);
        }
        awaitDeltas(20);
        todo.snorky.published().clear();

        todo.rest.json("PATCH", "/api/tasks", "{\"completed\": true}");
        awaitDeltas(20);
        todo.rest.delete("/api/tasks?completed=true");
        awaitDeltas(40);

        assertThat(todo.snorky.published()).hasSize(2);
        assertThat(todo.snorky.published().getFirst())
                .allMatch(delta -> type(delta).equals("update"));
        assertThat(todo.snorky.published().getLast())
                .allMatch(delta -> type(delta).equals("delete"));
    }

    @Test
    void changes_made_at_the_same_time_are_published_in_the_order_of_their_commits() {
        String one = todo.rest.add("one");
        String two = todo.rest.add("two");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                boolean completed = i % 3 == 0;
                String id = i % 2 == 0 ? one : two;
                threads.execute(() -> complete(id, completed));
            }
        }

        todo.close();

        var known = new HashMap<String, JsonNode>();
        for (JsonNode delta : todo.snorky.deltas()) {
            boolean update = type(delta).equals("update");
            JsonNode row = update ? delta.path("newData") : delta.path("data");
            JsonNode before = known.put(row.path("id").stringValue(), row);
            if (update) {
                assertThat(delta.path("oldData")).isEqualTo(before);
            }
        }
        todo = reopened();
        assertThat(todo.rest.get("/api/tasks").json())
                .containsExactlyInAnyOrderElementsOf(known.values());
    }

    @Test
    void while_snorky_is_away_changes_are_saved_and_wait() throws Exception {
        String id = todo.rest.add("Buy milk");
        awaitDeltas(1);
        todo.snorky.stop();
        complete(id, true);
        String brief = todo.rest.add("came and went");
        todo.rest.delete("/api/tasks/" + brief);
        JsonNode last =
                todo.rest.json("PATCH", "/api/tasks/" + id, "{\"title\": \"Buy tea\"}").json();
        assertThat(todo.rest.titles()).containsExactly("Buy tea");

        todo.snorky.startAgain();

        await().until(() -> todo.snorky.deltas().getLast().path("newData").equals(last));
    }

    @Test
    void what_snorky_refuses_does_not_hold_up_what_comes_next() {
        todo.snorky.answerDeltasWithError("Missing field");
        todo.rest.add("refused");
        await().until(() -> todo.snorky.refusals() == 1);
        todo.snorky.answerDeltas();

        String id = todo.rest.add("taken");

        awaitDeltas(1);
        assertThat(todo.snorky.deltas().getFirst().path("data").path("id").stringValue())
                .isEqualTo(id);
    }

    private TodoFixture reopened() {
        try {
            return new TodoFixture(folder);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private JsonNode complete(String id, boolean completed) {
        return todo.rest
                .json("PATCH", "/api/tasks/" + id, "{\"completed\": " + completed + "}")
                .json();
    }

    private void awaitDeltas(int count) {
        await().until(() -> todo.snorky.deltas().size() == count);
    }

    private static String type(JsonNode delta) {
        return delta.path("type").stringValue();
    }
}
