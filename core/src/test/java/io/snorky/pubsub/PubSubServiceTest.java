package io.snorky.pubsub;

import static io.snorky.TestClient.error;
import static io.snorky.TestClient.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.Client;
import io.snorky.Registry;
import io.snorky.TestClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

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
    private final TestClient alice = TestClient.connect(frontend);
    private final TestClient bob = TestClient.connect(frontend);

    @Test
    void subscribers_get_what_is_published_the_publisher_before_its_response() {
        alice.asks("pubsub", "subscribe", "{'channel':'news'}");
        bob.asks("pubsub", "subscribe", "{'channel':'news'}");

        alice.calls("pubsub", "publish", "{'channel':'news','message':{'a':[1.50]}}");

        String notification =
                "{'service':'pubsub','message':{'type':'message','channel':'news','message':{'a':[1.50]}}}";
        assertThat(alice.heard()).containsExactly(notification, response("pubsub", "null"));
        assertThat(bob.heard()).containsExactly(notification);
    }

    @Test
    void anybody_may_publish_unless_the_hook_says_no() {
        bob.asks("pubsub", "subscribe", "{'channel':'news'}");

        assertThat(alice.asks("pubsub", "publish", "{'channel':'news','message':null}"))
                .isEqualTo(response("pubsub", "null"));
        assertThat(alice.asks("pubsub", "publish", "{'channel':true,'message':1}"))
                .isEqualTo(error("pubsub", "Not authorized"));
        assertThat(bob.heard()).hasSize(1);
    }

    @Test
    void the_back_end_publishes_whatever_the_hook_says() {
        alice.asks("pubsub", "subscribe", "{'channel':true}");
        TestClient server = TestClient.visit(backend);

        String answer = server.asks("pubsub_backend", "publish", "{'channel':true,'message':1}");

        assertThat(answer).isEqualTo(response("pubsub_backend", "null"));
        assertThat(alice.heard())
                .containsExactly(
                        "{'service':'pubsub','message':{'type':'message','channel':true,'message':1}}");
    }

    @Test
    void subscribing_twice_and_unsubscribing_without_are_refused() {
        alice.asks("pubsub", "subscribe", "{'channel':'news'}");

        assertThat(alice.asks("pubsub", "subscribe", "{'channel':'news'}"))
                .isEqualTo(error("pubsub", "Already subscribed"));
        assertThat(bob.asks("pubsub", "unsubscribe", "{'channel':'news'}"))
                .isEqualTo(error("pubsub", "Not subscribed"));
        assertThat(alice.asks("pubsub", "unsubscribe", "{'channel':'news'}"))
                .isEqualTo(response("pubsub", "null"));
        assertThat(alice.asks("pubsub", "unsubscribe", "{'channel':'news'}"))
                .isEqualTo(error("pubsub", "Not subscribed"));
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
        alice.asks("pubsub", "subscribe", "{'channel':" + subscribed + "}");

        pubsub.publish("other", 0);
        TestClient.visit(backend)
                .asks("pubsub_backend", "publish", "{'channel':" + published + ",'message':1}");

        assertThat(alice.heard()).hasSize(same ? 1 : 0);
    }

    @Test
    void who_has_unsubscribed_or_left_gets_nothing_more() {
        alice.asks("pubsub", "subscribe", "{'channel':'news'}");
        bob.asks("pubsub", "subscribe", "{'channel':'news'}");
        alice.asks("pubsub", "unsubscribe", "{'channel':'news'}");
        bob.leaves();

        pubsub.publish("news", "hello");

        assertThat(alice.heard()).isEmpty();
        assertThat(bob.heard()).isEmpty();
    }

    @Test
    void a_client_may_have_a_bounded_number_of_channels() {
        for (int i = 0; i < PubSubService.MAX_CHANNELS_PER_CLIENT; i++) {
            alice.asks("pubsub", "subscribe", "{'channel':" + i + "}");
        }

        assertThat(alice.asks("pubsub", "subscribe", "{'channel':'one more'}"))
                .isEqualTo(error("pubsub", "channels: 1000 (expected: at most 1000)"));
        assertThat(alice.asks("pubsub", "unsubscribe", "{'channel':7}"))
                .isEqualTo(response("pubsub", "null"));
        assertThat(alice.asks("pubsub", "subscribe", "{'channel':'one more'}"))
                .isEqualTo(response("pubsub", "null"));
    }

    @Test
    void a_channel_name_is_bounded() {
        assertThat(bob.asks("pubsub", "subscribe", "{'channel':'" + "x".repeat(2000) + "'}"))
                .contains("(expected: at most 1024 characters)");
    }

    @Test
    void one_who_cannot_be_notified_cannot_subscribe() {
        assertThat(TestClient.visit(frontend).asks("pubsub", "subscribe", "{'channel':'news'}"))
                .contains("connection: a single request (expected: one that stays, as WebSocket)");
    }

    @Test
    void one_who_cannot_be_notified_leaves_nothing_behind() {
        TestClient visitor = TestClient.visit(frontend);
        for (int i = 0; i < 10; i++) {
            visitor.asks("pubsub", "subscribe", "{'channel':'news'}");
        }

        assertThat(pubsub.holdings()).isZero();
        assertThat(pubsub.figures()).allSatisfy(it -> assertThat(it.value().getAsLong()).isZero());
    }

    @Test
    void what_only_some_channels_have_is_refused_by_others() {
        assertThat(alice.asks("pubsub", "subscribe", "{'channel':'news','history':5}"))
                .isEqualTo(error("pubsub", "channel: news (expected: one that keeps history)"));
        assertThat(alice.asks("pubsub", "subscribe", "{'channel':[1],'since':'a-1'}"))
                .isEqualTo(error("pubsub", "channel: [1] (expected: one that keeps history)"));
        assertThat(alice.asks("pubsub", "subscribe", "{'channel':'news','presence':true}"))
                .isEqualTo(error("pubsub", "channel: news (expected: one that tells presence)"));
        assertThat(alice.asks("pubsub", "presence", "{'channel':'news'}"))
                .isEqualTo(error("pubsub", "channel: news (expected: one that tells presence)"));
        assertThat(
                        TestClient.visit(backend)
                                .asks("pubsub_backend", "history", "{'channel':'news','limit':1}"))
                .isEqualTo(
                        error(
                                "pubsub_backend",
                                "channel: news (expected: one that keeps history)"));
        assertThat(alice.asks("pubsub", "subscribe", "{'channel':'news','history':null}"))
                .isEqualTo(response("pubsub", "null"));
    }
}
