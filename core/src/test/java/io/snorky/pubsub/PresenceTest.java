package io.snorky.pubsub;

import static io.snorky.pubsub.TextClient.error;
import static io.snorky.pubsub.TextClient.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.Registry;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.node.JsonNodeFactory;

import java.util.Random;

class PresenceTest {

    private final Clock clock = new Clock();
    private final PubSubService pubsub = service(PubSubLimits.DEFAULT);
    private final Registry frontend = new Registry(pubsub);

    private PubSubService service(PubSubLimits limits) {
        var options =
                PubSubOptions.DEFAULT
                        .withScheduler(clock)
                        .withLimits(limits)
                        .withCanSeePresence((client, channel) -> !client.identity().isNull())
                        .withChannels(
                                "secret/*",
                                ChannelSettings.DEFAULT
                                        .withPresence(true)
                                        .withCanSubscribe((client, channel) -> false)
                                        .withCanPublish((client, channel) -> false))
                        .withChannels(
                                "both/*",
                                ChannelSettings.DEFAULT
                                        .withPresence(true)
                                        .withHistory(HistoryLimits.DEFAULT))
                        .withChannels("**", ChannelSettings.DEFAULT.withPresence(true));
        return new PubSubService("pubsub", options, clock::nanos, new Random(1));
    }

    private TextClient named(String name) {
        TextClient client = TextClient.connect(frontend);
        client.client().identify(JsonNodeFactory.instance.stringNode(name));
        return client;
    }

    private static String told(String identity, String status) {
        return "{'service':'pubsub','message':{'type':'presence','channel':'room','identity':'%s','status':'%s'}}"
                .formatted(identity, status);
    }

    private static String members(String members) {
        return response("pubsub", "{'members':[" + members + "]}");
    }

    private static void subscribe(TextClient client) {
        assertThat(client.asks("pubsub", "subscribe", "{'channel':'room'}"))
                .isEqualTo(response("pubsub", "null"));
    }

    private static String watch(TextClient client) {
        return client.asks("pubsub", "subscribe", "{'channel':'room','presence':true}");
    }

    @Test
    void the_first_client_of_an_identity_joins_and_the_last_one_leaves() {
        TextClient alice = named("alice");
        assertThat(watch(alice)).isEqualTo(members("'alice'"));

        TextClient bob = named("bob");
        subscribe(bob);
        TextClient bobsPhone = named("bob");
        clock.advance(Roster.INTERVAL);
        assertThat(watch(bobsPhone)).isEqualTo(members("'alice','bob'"));
        assertThat(alice.heard()).containsExactly(told("bob", "joined"));

        bob.leaves();
        clock.advance(Roster.INTERVAL);
        assertThat(alice.heard()).isEmpty();
        bobsPhone.asks("pubsub", "unsubscribe", "{'channel':'room'}");
        assertThat(alice.heard()).containsExactly(told("bob", "left"));
        assertThat(bob.heard()).isEmpty();
        assertThat(bobsPhone.heard()).isEmpty();
    }

    @Test
    void one_without_identity_does_not_count_and_one_that_changes_it_counts_as_before() {
        TextClient alice = named("alice");
        watch(alice);
        TextClient nobody = TextClient.connect(frontend);
        subscribe(nobody);
        TextClient bob = named("bob");
        subscribe(bob);
        bob.client().identify(JsonNodeFactory.instance.stringNode("robert"));

        assertThat(alice.asks("pubsub", "presence", "{'channel':'room'}"))
                .isEqualTo(told("bob", "joined"));
        assertThat(alice.next()).isEqualTo(members("'alice','bob'"));
        nobody.leaves();
        bob.leaves();
        clock.advance(Roster.INTERVAL);
        assertThat(alice.heard()).containsExactly(told("bob", "left"));
    }

    @Test
    void a_crowd_is_told_together_and_who_went_at_once_is_not() {
        TextClient alice = named("alice");
        watch(alice);
        clock.advance(Roster.INTERVAL);
        for (int i = 0; i < 50; i++) {
            TextClient passing = named("passing" + i);
            subscribe(passing);
            passing.leaves();
        }
        TextClient bob = named("bob");
        subscribe(bob);
        assertThat(alice.heard()).containsExactly(told("passing0", "joined"));

        clock.advance(Roster.INTERVAL);
        assertThat(alice.heard()).containsExactly(told("passing0", "left"), told("bob", "joined"));
        clock.advance(Roster.INTERVAL);
        assertThat(alice.heard()).isEmpty();
    }

    @Test
    void a_channel_knows_a_bounded_number_of_identities() {
        PubSubService small = service(new PubSubLimits(1, 1, 2));
        var registry = new Registry(small, new PubSubBackend("back", small));
        for (String name : new String[] {"a", "b", "c"}) {
            TextClient client = TextClient.connect(registry);
            client.client().identify(JsonNodeFactory.instance.stringNode(name));
            subscribe(client);
        }

        assertThat(TextClient.visit(registry).asks("back", "presence", "{'channel':'room'}"))
                .isEqualTo(response("back", "{'members':['a','b']}"));
    }

    @Test
    void history_and_presence_come_in_one_answer() {
        TextClient alice = named("alice");
        pubsub.publish("both/a", 1);

        assertThat(
                        alice.asks(
                                "pubsub",
                                "subscribe",
                                "{'channel':'both/a','history':1,'presence':true}"))
                .contains("'messages':[{'message':1,")
                .contains("],'members':['alice']}");
    }

    @Test
    void who_may_what_is_said_by_functions_those_of_the_channel_before_those_of_the_service() {
        TextClient nobody = TextClient.connect(frontend);
        assertThat(watch(nobody)).isEqualTo(error("pubsub", "Not authorized"));
        assertThat(nobody.asks("pubsub", "presence", "{'channel':'room'}"))
                .isEqualTo(error("pubsub", "Not authorized"));
        subscribe(nobody);

        TextClient alice = named("alice");
        assertThat(alice.asks("pubsub", "subscribe", "{'channel':'secret/a'}"))
                .isEqualTo(error("pubsub", "Not authorized"));
        assertThat(alice.asks("pubsub", "publish", "{'channel':'secret/a','message':1}"))
                .isEqualTo(error("pubsub", "Not authorized"));
        assertThat(alice.asks("pubsub", "publish", "{'channel':'room','message':1}"))
                .isEqualTo(response("pubsub", "null"));
        assertThat(nobody.heard())
                .containsExactly(
                        "{'service':'pubsub','message':{'type':'message','channel':'room','message':1}}");
        assertThat(alice.asks("pubsub", "presence", "{'channel':'secret/a'}"))
                .isEqualTo(members(""));
        assertThat(alice.asks("pubsub", "presence", "{'channel':7}"))
                .isEqualTo(error("pubsub", "channel: 7 (expected: one that tells presence)"));
    }
}
