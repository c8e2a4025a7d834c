package io.snorky.examples.todo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.UUID;

class TaskApiTest {

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
    void an_added_task_is_in_the_list_as_it_was_answered() {
        RestClient.Answer added = add("{\"title\": \"  Buy milk \"}");

        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json().path("title").stringValue()).isEqualTo("Buy milk");
        assertThat(added.json().path("completed").booleanValue()).isFalse();
        assertThat(added.json().path("version").intValue()).isEqualTo(1);
        assertThat(todo.rest.get("/api/tasks").json()).containsExactly(added.json());
        assertThat(todo.rest.get(added.header("Location")).json()).isEqualTo(added.json());
    }

    @Test
    void tasks_come_in_the_order_of_their_creation() {
        todo.rest.add("one");
        String two = todo.rest.add("two");
        todo.rest.add("three");

        todo.rest.json("PATCH", "/api/tasks/" + two, "{\"title\": \"zwei\"}");

        assertThat(todo.rest.titles()).containsExactly("one", "zwei", "three");
    }

    @Test
    void adding_twice_with_one_id_adds_once() {
        String body = "{\"id\": \"" + UUID.randomUUID() + "\", \"title\": \"Buy milk\"}";

        JsonNode first = add(body).json();
        JsonNode second = add(body).json();

        assertThat(second).isEqualTo(first);
        assertThat(todo.rest.titles()).containsExactly("Buy milk");
    }

    @Test
    void patch_changes_what_is_given_and_counts_versions() {
        String id = todo.rest.add("Buy milk");

        JsonNode done = change("PATCH", id, "{\"completed\": true}").json();
        JsonNode renamed = change("PATCH", id, "{\"title\": \"Buy oat milk\"}").json();

        assertThat(done.path("title").stringValue()).isEqualTo("Buy milk");
        assertThat(renamed.path("completed").booleanValue()).isTrue();
        assertThat(renamed.path("version").intValue()).isEqualTo(3);
        assertThat(change("PATCH", id, "{\"completed\": true}").json()).isEqualTo(renamed);
    }

    @Test
    void put_replaces_title_and_completed_and_needs_both() {
        String id = todo.rest.add("Buy milk");

        RestClient.Answer half = change("PUT", id, "{\"title\": \"Buy tea\"}");
        RestClient.Answer whole =
                change("PUT", id, "{\"title\": \"Buy tea\", \"completed\": true}");

        assertThat(half.status()).isEqualTo(422);
        assertThat(half.error()).isEqualTo("completed: missing (expected: true or false)");
        assertThat(whole.json().path("title").stringValue()).isEqualTo("Buy tea");
        assertThat(whole.json().path("completed").booleanValue()).isTrue();
    }

    @Test
    void a_deleted_task_is_gone_and_deleting_it_again_is_no_error() {
        String id = todo.rest.add("Buy milk");

        assertThat(todo.rest.delete("/api/tasks/" + id).status()).isEqualTo(204);
        assertThat(todo.rest.delete("/api/tasks/" + id).status()).isEqualTo(204);
        assertThat(todo.rest.get("/api/tasks/" + id).status()).isEqualTo(404);
        assertThat(todo.rest.titles()).isEmpty();
    }

    @Test
    void all_tasks_are_completed_at_once_and_only_those_that_changed_come_back() {
        String done = todo.rest.add("done");
        change("PATCH", done, "{\"completed\": true}");
        todo.rest.add("open");

        JsonNode changed = todo.rest.json("PATCH", "/api/tasks", "{\"completed\": true}").json();

        assertThat(changed).hasSize(1);
        assertThat(changed.path(0).path("title").stringValue()).isEqualTo("open");
        assertThat(todo.rest.get("/api/tasks").json())
                .allMatch(task -> task.path("completed").booleanValue());
    }

    @Test
    void the_completed_tasks_are_deleted_at_once() {
        change("PATCH", todo.rest.add("done"), "{\"completed\": true}");
        todo.rest.add("open");

        JsonNode deleted = todo.rest.delete("/api/tasks?completed=true").json();

        assertThat(deleted).hasSize(1);
        assertThat(todo.rest.titles()).containsExactly("open");
        assertThat(todo.rest.delete("/api/tasks").status()).isEqualTo(400);
    }

    @Test
    void tasks_are_there_again_after_a_restart() throws Exception {
        todo.rest.add("Buy milk");
        todo.close();

        todo = new TodoFixture(folder);

        assertThat(todo.rest.titles()).containsExactly("Buy milk");
    }

    @Test
    void the_list_is_bounded() {
        for (int i = 0; i < Tasks.LIMIT; i++) {
            todo.rest.add("task " + i);
        }

        RestClient.Answer oneMore = add("{\"title\": \"one more\"}");

        assertThat(oneMore.status()).isEqualTo(409);
        assertThat(todo.rest.json("PATCH", "/api/tasks", "{\"completed\": true}").json())
                .hasSize(Tasks.LIMIT);
    }

    private RestClient.Answer add(String body) {
        return todo.rest.json("POST", "/api/tasks", body);
    }

    private RestClient.Answer change(String method, String id, String body) {
        return todo.rest.json(method, "/api/tasks/" + id, body);
    }
}
