package io.snorky.examples.todo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;

class SubscriptionsTest {

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

    @ParameterizedTest
    @ValueSource(strings = {"Subscribe", "subscribe", "SUBSCRIBE"})
    void a_token_comes_with_the_data_if_asked_for(String value) {
        todo.rest.add("Buy milk");

        RestClient.Answer answer = todo.rest.get("/api/tasks", "X-Snorky", value);

        assertThat(answer.header("X-Subscription-Token")).isEqualTo(BackendStandIn.TOKEN);
        assertThat(answer.json()).hasSize(1);
    }

    @Test
    void without_the_header_or_with_another_value_there_is_no_token() {
        assertThat(todo.rest.get("/api/tasks").header("X-Subscription-Token")).isEmpty();
        assertThat(todo.rest.get("/api/tasks", "X-Snorky", "Yes").header("X-Subscription-Token"))
                .isEmpty();
    }

    @Test
    void what_changes_after_the_token_was_given_is_in_the_data() {
        todo.snorky.duringAuthorization(() -> todo.rest.add("just in time"));

        RestClient.Answer answer = todo.rest.get("/api/tasks", "X-Snorky", "Subscribe");

        assertThat(answer.json().path(0).path("title").stringValue()).isEqualTo("just in time");
    }

    @Test
    void while_snorky_is_away_there_is_data_but_no_subscription() throws Exception {
        todo.rest.add("Buy milk");
        todo.snorky.stop();

        RestClient.Answer refused = todo.rest.get("/api/tasks", "X-Snorky", "Subscribe");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.error()).startsWith("subscription: the Snorky server does not give one");
        assertThat(todo.rest.titles()).containsExactly("Buy milk");

        todo.snorky.startAgain();
        assertThat(todo.rest.get("/api/tasks", "X-Snorky", "Subscribe").status()).isEqualTo(200);
    }
}
