package io.snorky.testkit.manual;

import static io.snorky.testkit.Json.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.snorky.Registry;
import io.snorky.testkit.Call;
import io.snorky.testkit.TestClient;
import io.snorky.testkit.TestClients;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code docs/services.md} shows compiles, and does what it says. */
class ServicesManualTest {

    private static final Path MANUAL = Path.of("..", "docs", "services.md");
    private static final Path SOURCES = Path.of("src/test/java/io/snorky/testkit/manual");
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static String withoutIndentation(String code) {
        return code.lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    private static String sources() throws IOException {
        var all = new StringBuilder();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                all.append(withoutIndentation(Files.readString(file))).append('\n');
            }
        }
        return all.toString();
    }

    @Test
    void its_examples_are_taken_from_here() throws IOException {
        List<String> examples =
                BLOCK.matcher(Files.readString(MANUAL))
                        .results()
                        .map(match -> withoutIndentation(match.group(1)))
                        .toList();

        assertThat(examples).hasSizeGreaterThan(5);
        assertThat(sources()).contains(examples);
    }

    @Test
    void what_comes_instead_is_shown_as_it_shows() throws IOException {
        var registry = new Registry(new LivePoll(List.of("cats", "dogs")));
        var alice = TestClient.connect(registry).as("alice");
        alice.call("poll", "watch").replies(Map.of());
        TestClient.connect(registry).as("bob").call("poll", "vote", Map.of("option", "dogs"));

        AssertionError failure =
                catchThrowableOfType(
                        AssertionError.class,
                        () ->
                                alice.hears(
                                        "poll", json("{'type': 'counts', 'counts': {'cats': 1}}")));

        assertThat(Files.readString(MANUAL)).contains("```\n" + failure.getMessage() + "\n```");
    }

    @Test
    void votes_are_counted() {
        var voter = TestClient.connect(new Registry(new Poll()));

        voter.call("poll", "vote", Map.of("option", "cats")).replies(json("{'cats': 1}"));
        voter.call("poll", "vote", Map.of("option", "cats")).replies(json("{'cats': 2}"));
        voter.call("poll", "vote", json("{'option': 7}")).isRefused("Invalid params");
    }

    @Test
    void votes_must_be_for_an_option_of_a_client_that_stays() {
        var registry = new Registry(new LivePoll(List.of("cats", "dogs")));
        var alice = TestClient.connect(registry).as("alice");
        var visitor = TestClient.visit(registry).as("visitor");

        alice.call("poll", "vote", Map.of("option", "birds"))
                .isRefused("option: birds (expected: one of [cats, dogs])");
        visitor.call("poll", "vote", Map.of("option", "cats"))
                .isRefused("connection: a single request (expected: one that stays)");
        visitor.call("poll", "watch")
                .isRefused("connection: a single request (expected: one that stays)");
    }

    @Test
    void who_does_not_read_sees_the_latest_counts_only() {
        var registry = new Registry(new LivePoll(List.of("cats", "dogs")));
        var alice = TestClient.connect(registry);
        alice.call("poll", "watch").replies(Map.of());
        alice.stopsReading(1);

        TestClients.connect(registry, "bob", "carol", "dave")
                .call("poll", "vote", Map.of("option", "dogs"))
                .forEach(Call::reply);
        alice.readsOn();

        alice.hearsLike("poll", json("{'counts': {'dogs': 3}}"));
        alice.hearsNothingMore();
    }

    @Test
    void every_ticket_is_drawn_once() {
        var visitors = TestClients.connect(new Registry(new Tickets()), 3);

        assertThat(visitors.call("tickets", "draw", Map.of()))
                .map(call -> call.reply().intValue())
                .containsExactly(1, 2, 3);
    }

    @Test
    void the_forecast_comes_when_it_is_there() {
        var forecast = new CompletableFuture<String>();
        var alice = TestClient.connect(new Registry(new Weather(city -> forecast)));

        Call call = alice.call("weather", "tomorrow", Map.of("city", "Oslo"));
        assertThat(call.isAnswered()).isFalse();
        forecast.complete("snow");

        call.replies("snow");
        assertThat(alice.call("weather", "tomorrow", Map.of("city", "x".repeat(101))).refusal())
                .endsWith("(expected: at most 100 characters)");
    }

    @Test
    void what_is_said_comes_back() {
        var alice = TestClient.connect(new Registry(new Echo()));
        alice.says("echo", json("{'a': [1]}"));
        alice.hears("echo", json("{'a': [1]}"));

        var bob = TestClient.connect(new LineEcho());
        bob.says("hello");
        bob.hearsText("hello");
    }
}
