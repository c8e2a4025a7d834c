package io.snorky.examples.todo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;

class BadRequestsTest {

    private static final String TITLE =
            "a string of 1 to 500 characters, none of them a control character";

    @TempDir static Path folder;
    private static TodoFixture todo;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(folder.resolve("index.html"), "<title>Todo</title>");
        todo = new TodoFixture(folder);
    }

    @AfterAll
    static void stop() {
        todo.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]                               | body: [] (expected: an object)",
                "{}                               | title: missing (expected: " + TITLE + ")",
                "{\"title\": 5}                   | title: 5 (expected: " + TITLE + ")",
                "{\"title\": \" \"}               | title: \" \" (expected: " + TITLE + ")",
                "{\"title\": null}                | title: null (expected: " + TITLE + ")",
                "{\"title\": \"a\\u0000b\"}       | title: \"a\\u0000b\" (expected: " + TITLE + ")",
                "{\"title\": \"a\", \"done\": 1}  | done: 1 (expected: id, title or completed)",
                "{\"title\": \"a\", \"completed\": 1} | completed: 1 (expected: true or false)",
                "{\"title\": \"a\", \"id\": \"7\"} | id: \"7\" (expected: "
                        + TaskIds.EXPECTED
                        + ")",
            })
    void what_no_task_can_be_made_of_is_refused_with_the_reason(String body, String error) {
        RestClient.Answer answer = todo.rest.json("POST", "/api/tasks", body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.error()).isEqualTo(error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "title=x", "{\"title\": \"a\"} x", "{\"title\": NaN}"})
    void a_body_that_is_no_json_is_refused(String body) {
        assertThat(todo.rest.json("POST", "/api/tasks", body).status()).isEqualTo(400);
    }

    @Test
    void a_title_has_500_characters_at_most() {
        String longest = "x".repeat(500);

        RestClient.Answer taken = todo.rest.json("POST", "/api/tasks", title(longest));
        RestClient.Answer refused = todo.rest.json("POST", "/api/tasks", title(longest + "x"));

        assertThat(taken.json().path("title").stringValue()).isEqualTo(longest);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.error()).startsWith("title: \"xxx").contains("x… (expected: ");
    }

    @Test
    void half_a_surrogate_pair_is_refused() {
        assertThat(todo.rest.json("POST", "/api/tasks", title("\\ud800")).status()).isEqualTo(422);
    }

    @Test
    void a_body_of_another_type_is_refused() {
        RestClient.Answer answer =
                todo.rest.send("POST", "/api/tasks", title("a"), "Content-Type", "text/plain");

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.error())
                .isEqualTo("Content-Type: text/plain (expected: application/json)");
    }

    @Test
    void a_body_that_is_too_long_is_refused() {
        String body = title("a") + " ".repeat(Exchange.BODY_LIMIT_BYTES);

        assertThat(todo.rest.json("POST", "/api/tasks", body).status()).isEqualTo(413);
    }

    @Test
    void methods_that_are_not_served_are_named_with_those_that_are() {
        RestClient.Answer answer = todo.rest.json("PUT", "/api/tasks", "{}");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET, POST, PATCH, DELETE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/tasks/7",
                "/api/tasks/123e4567-e89b-42d3-a456-426614174000",
                "/api/tasksx",
                "/missing.html",
                "/todo.mv.db",
                "/%2e%2e%2findex.html",
                "/./%2e%2e/index.html/x"
            })
    void what_is_not_there_is_not_found(String path) {
        assertThat(todo.rest.get(path).status()).isEqualTo(404);
    }

    @Test
    void the_page_comes_with_a_policy_and_refuses_other_methods() {
        RestClient.Answer page = todo.rest.get("/");

        assertThat(page.response().body()).isEqualTo("<title>Todo</title>");
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'self'; connect-src 'self' ws://*:5001 http://*:5001;");
        assertThat(todo.rest.json("POST", "/", "{}").status()).isEqualTo(405);
    }

    private static String title(String title) {
        return "{\"title\": \"" + title + "\"}";
    }
}
