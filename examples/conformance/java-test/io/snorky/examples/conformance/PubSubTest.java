package io.snorky.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocol, section 4. */
class PubSubTest {

    @RegisterExtension static final Conformance SERVER = new Conformance();

    private static final String NEWS = "{'channel':'news'}";

    @AutoClose private Peer alice;
    @AutoClose private Peer bob;
    private BackEnd backEnd;

    @BeforeEach
    void connect() {
        alice = SERVER.connect();
        bob = SERVER.connect();
        backEnd = SERVER.backEnd();
    }

    private static String publication(String channel, String message) {
        return "{'channel':%s,'message':%s}".formatted(channel, message);
    }

    private static String notification(String channel, String message) {
        return "{'service':'pubsub','message':{'type':'message','channel':%s,'message':%s}}"
                .formatted(channel, message);
    }

    @Test
    void who_is_subscribed_hears_what_is_published() {
        alice.does("pubsub.subscribe", NEWS);

        bob.does("pubsub.publish", publication("'news'", "{'title':'Hello'}"));

        alice.hears(notification("'news'", "{'title':'Hello'}"));
        alice.hearsNothing();
        bob.hearsNothing();
    }

    @Test
    void a_publisher_that_is_subscribed_hears_it_before_the_response() {
        alice.does("pubsub.subscribe", NEWS);

        alice.calls("pubsub.publish", publication("'news'", "1"));

        alice.hears(notification("'news'", "1"));
        alice.hearsReply("pubsub.publish", "null");
        alice.hearsNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "-0.0", "1e1000000000", "''", "[]", "{'a':[null]}"})
    void channels_and_messages_are_any_values(String value) {
        alice.does("pubsub.subscribe", "{'channel':" + value + "}");

        bob.does("pubsub.publish", publication(value, value));

        alice.hears(notification(value, value));
    }

    @Test
    void nobody_subscribes_twice() {
        alice.does("pubsub.subscribe", NEWS);
        alice.isRefused("pubsub.subscribe", NEWS, "Already subscribed");

        bob.does("pubsub.publish", publication("'news'", "1"));

        alice.hears(notification("'news'", "1"));
        alice.hearsNothing();
    }

    @Test
    void who_has_unsubscribed_hears_nothing_until_subscribed_again() {
        alice.isRefused("pubsub.unsubscribe", NEWS, "Not subscribed");
        alice.does("pubsub.subscribe", NEWS);
        alice.does("pubsub.unsubscribe", NEWS);
        alice.isRefused("pubsub.unsubscribe", NEWS, "Not subscribed");

        bob.does("pubsub.publish", publication("'news'", "1"));
        alice.does("pubsub.subscribe", NEWS);
        bob.does("pubsub.publish", publication("'news'", "2"));

        alice.hears(notification("'news'", "2"));
    }

    @Test
    void subscriptions_belong_to_a_connection() {
        alice.does("auth.login", "{'name':'alice'}");
        bob.does("auth.login", "{'name':'alice'}");
        alice.does("pubsub.subscribe", NEWS);

        bob.isRefused("pubsub.unsubscribe", NEWS, "Not subscribed");
        bob.does("pubsub.subscribe", NEWS);
    }

    @Test
    void some_channels_are_not_for_clients_to_publish_to() {
        alice.does("pubsub.subscribe", "{'channel':'readonly'}");
        alice.does("pubsub.subscribe", "{'channel':'readonly-x'}");

        bob.isRefused("pubsub.publish", publication("'readonly'", "1"), "Not authorized");
        bob.isRefused("pubsub.publish", publication("'readonly-x'", "1"), "Not authorized");
        alice.isRefused("pubsub.publish", publication("'readonly'", "1"), "Not authorized");

        alice.hearsNothing();
        bob.does("pubsub.publish", publication("'Readonly'", "1"));
        bob.does("pubsub.publish", publication("['readonly']", "1"));
    }

    @Test
    void but_a_back_end_may() {
        alice.does("pubsub.subscribe", "{'channel':'readonly'}");

        backEnd.does("pubsub_backend.publish", publication("'readonly'", "[1]"));

        alice.hears(notification("'readonly'", "[1]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'news'", "['news',1]", "{'b':1,'a':{}}", "null", "41.0"})
    void a_back_end_means_the_same_channels(String channel) {
        alice.does("pubsub.subscribe", "{'channel':" + channel + "}");

        backEnd.does("pubsub_backend.publish", publication(channel, "1"));

        alice.hears(notification(channel, "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"subscribe", "unsubscribe", "publish"})
    void params_must_fit(String command) {
        for (String params : new String[] {"{}", "{'message':1}", "{'channel':1,'x':1}", "[]"}) {
            alice.isRefused("pubsub." + command, params, "Invalid params");
        }
    }

    @Test
    void a_client_hears_messages_of_another_in_order() {
        alice.does("pubsub.subscribe", NEWS);

        for (int i = 0; i < 1000; i++) {
            bob.calls("pubsub.publish", publication("'news'", Integer.toString(i)));
        }

        for (int i = 0; i < 1000; i++) {
            alice.hears(notification("'news'", Integer.toString(i)));
        }
    }

    @Test
    void subscribers_that_vanish_disturb_neither_publisher_nor_others() {
        alice.does("pubsub.subscribe", NEWS);
        for (int i = 0; i < 20; i++) {
            Peer vanishing = SERVER.connect();
            vanishing.does("pubsub.subscribe", NEWS);
            vanishing.isLost();

            bob.does("pubsub.publish", publication("'news'", Integer.toString(i)));
        }

        for (int i = 0; i < 20; i++) {
            alice.hears(notification("'news'", Integer.toString(i)));
        }
    }

    @Test
    void a_thousand_channels_are_enough_for_a_client() {
        for (int i = 0; i < 1000; i++) {
            alice.calls("pubsub.subscribe", "{'channel':" + i + "}");
            alice.hearsReply("pubsub.subscribe", "null");
        }
        alice.calls("pubsub.subscribe", "{'channel':1000}");
        assertThat(alice.next()).contains("\"type\":\"error\"", "1000");

        alice.does("pubsub.unsubscribe", "{'channel':0}");
        alice.does("pubsub.subscribe", "{'channel':1000}");
    }

    @Test
    void the_name_of_a_channel_has_a_bound() {
        alice.calls("pubsub.subscribe", "{'channel':'" + "x".repeat(100_000) + "'}");

        assertThat(alice.next()).contains("\"type\":\"error\"").hasSizeLessThan(500);
    }
}
