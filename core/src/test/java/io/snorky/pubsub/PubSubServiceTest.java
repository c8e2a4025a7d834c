package io.snorky.pubsub;

import static io.snorky.testkit.Json.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.Client;
import io.snorky.Registry;
import io.snorky.testkit.Call;
import io.snorky.testkit.TestClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.util.Map;

class PubSubServiceTest {

    private final PubSubService pubsub =
            new PubSubService("pubsub") {
                @Override
                protected boolean canPublish(Client client, JsonNode channel) {
                    return !channel.isBoolean();
                }
            };
    private final Registry frontend = new Registry(pubsub);
    private final Registry backend = new Registry(new PubSubBackend("pubsub_backend", pubsub));
    private final TestClient alice = TestClient.connect(frontend).as("alice");
    private final TestClient bob = TestClient.connect(frontend).as("bob");
    private final TestClient server = TestClient.visit(backend);

    private static Call subscribe(TestClient client, Object channel) {
        return client.call("pubsub", "subscribe", Map.of("channel", channel));
    }

    private static Call unsubscribe(TestClient client, Object channel) {
        return client.call("pubsub", "unsubscribe", Map.of("channel", channel));
    }

    private static Call publish(TestClient client, Object channel, Object message) {
        Object params = Map.of("channel", channel, "message", message);
        return client.call("pubsub", "publish", params);
    }

    private static Object message(Object channel, Object message) {
        return Map.of("type", "message", "channel", channel, "message", message);
    }

    @Test
    void subscribers_get_what_is_published_the_publisher_before_its_response() {
        subscribe(alice, "news").replies(null);
        subscribe(bob, "news").replies(null);

        Call call = publish(alice, "news", json("{'a':[1.50]}"));

        Object message = message("news", json("{'a':[1.50]}"));
        alice.hears("pubsub", message).before(call);
        call.replies(null);
        assertThat(bob.hears("pubsub", message).text()).contains("[1.50]");
        alice.hearsNothingMore();
        bob.hearsNothingMore();
    }

    @Test
    void anybody_may_publish_unless_the_hook_says_no() {
        subscribe(bob, "news").replies(null);

        alice.call("pubsub", "publish", json("{'channel':'news','message':null}")).replies(null);
        publish(alice, true, 1).isRefused("Not authorized");

        bob.hears("pubsub", json("{'type':'message','channel':'news','message':null}"));
        bob.hearsNothingMore();
    }

    @Test
    void the_back_end_publishes_whatever_the_hook_says() {
        subscribe(alice, true).replies(null);

        server.call("pubsub_backend", "publish", json("{'channel':true,'message':1}"))
                .replies(null);

        alice.hears("pubsub", message(true, 1));
    }

    @Test
    void subscribing_twice_and_unsubscribing_without_are_refused() {
        subscribe(alice, "news").replies(null);

        subscribe(alice, "news").isRefused("Already subscribed");
        unsubscribe(bob, "news").isRefused("Not subscribed");
        unsubscribe(alice, "news").replies(null);
        unsubscribe(alice, "news").isRefused("Not subscribed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 | 1.0 | true",
                "1 | true | false",
                "{'a':1,'b':2} | {'b':2,'a':1} | true",
                "'7' | 7 | false",
                "null | null | true",
                "[1,2] | [2,1] | false",
                "0 | false | false"
            })
    void channels_are_compared_by_value(String subscribed, String published, boolean same) {
        subscribe(alice, json(subscribed)).replies(null);

        pubsub.publish("other", 0);
        server.call(
                        "pubsub_backend",
                        "publish",
                        Map.of("channel", json(published), "message", "for alice?"))
                .replies(null);

        if (same) {
            alice.hearsLike("pubsub", Map.of("message", "for alice?"));
        }
        alice.hearsNothingMore();
    }

    @Test
    void who_has_unsubscribed_or_left_gets_nothing_more() {
        subscribe(alice, "news").replies(null);
        subscribe(bob, "news").replies(null);
        unsubscribe(alice, "news").replies(null);
        bob.leaves();

        pubsub.publish("news", "hello");

        alice.hearsNothingMore();
        bob.hearsNothingMore();
    }

    @Test
    void a_client_may_have_a_bounded_number_of_channels() {
        for (int i = 0; i < PubSubService.MAX_CHANNELS_PER_CLIENT; i++) {
            subscribe(alice, i).replies(null);
        }

        subscribe(alice, "one more").isRefused("channels: 1000 (expected: at most 1000)");
        unsubscribe(alice, 7).replies(null);
        subscribe(alice, "one more").replies(null);
    }

    @Test
    void a_channel_name_is_bounded() {
        assertThat(subscribe(bob, "x".repeat(2000)).refusal())
                .contains("(expected: at most 1024 characters)");
    }

    @Test
    void one_who_cannot_be_notified_cannot_subscribe() {
        subscribe(TestClient.visit(frontend), "news")
                .isRefused("connection: a single request (expected: one that stays, as WebSocket)");
    }

    @Test
    void one_who_cannot_be_notified_leaves_nothing_behind() {
        TestClient visitor = TestClient.visit(frontend);
        for (int i = 0; i < 10; i++) {
            subscribe(visitor, "news").refusal();
        }

        assertThat(pubsub.holdings()).isZero();
        assertThat(pubsub.figures()).allSatisfy(it -> assertThat(it.value().getAsLong()).isZero());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "subscribe | {'channel':'news','history':5}     | news | keeps history",
                "subscribe | {'channel':[1],'since':'a-1'}      | [1]  | keeps history",
                "subscribe | {'channel':'news','presence':true} | news | tells presence",
                "presence  | {'channel':'news'}                 | news | tells presence",
            },
            quoteCharacter = '"')
    void what_only_some_channels_have_is_refused_by_others(
            String command, String params, String channel, String what) {
        alice.call("pubsub", command, json(params))
                .isRefused("channel: " + channel + " (expected: one that " + what + ")");
    }

    @Test
    void neither_have_back_ends_what_a_channel_does_not_keep() {
        TestClient.visit(backend)
                .call("pubsub_backend", "history", json("{'channel':'news','limit':1}"))
                .isRefused("channel: news (expected: one that keeps history)");
    }

    @Test
    void null_asks_for_nothing() {
        alice.call("pubsub", "subscribe", json("{'channel':'news','history':null}")).replies(null);
    }
}
