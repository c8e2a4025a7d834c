package io.snorky.testkit.manual;

import static io.snorky.testkit.Json.json;

import io.snorky.Registry;
import io.snorky.testkit.TestClient;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class LivePollTest {

    private final Registry registry = new Registry(new LivePoll(List.of("cats", "dogs")));
    private final TestClient alice = TestClient.connect(registry).as("alice");
    private final TestClient bob = TestClient.connect(registry).as("bob");

    @Test
    void who_watches_sees_votes_come_and_go() {
        alice.call("poll", "watch").replies(Map.of());

        bob.call("poll", "vote", Map.of("option", "cats")).replies(null);
        alice.hears("poll", json("{'type': 'counts', 'counts': {'cats': 1}}"));

        bob.leaves();
        alice.hearsLike("poll", json("{'counts': {}}"));
        alice.hearsNothingMore();
    }

    @Test
    void strangers_do_not_vote() {
        bob.as(null);

        bob.call("poll", "vote", Map.of("option", "cats")).isRefused("Not authenticated");
    }
}
