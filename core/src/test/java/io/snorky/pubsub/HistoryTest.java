package io.snorky.pubsub;

import static io.snorky.pubsub.TextClient.error;
import static io.snorky.pubsub.TextClient.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.Figure;
import io.snorky.Registry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The past of a channel, and going on where one was. */
class HistoryTest {

    private static final HistoryLimits FIVE = HistoryLimits.DEFAULT.withMessages(5);

    private final Clock clock = new Clock();
    private PubSubService pubsub = service(PubSubLimits.DEFAULT, FIVE);
    private Registry frontend = new Registry(pubsub);
    private TextClient alice = TextClient.connect(frontend);

    private PubSubService service(PubSubLimits limits, HistoryLimits history) {
        var options =
                PubSubOptions.DEFAULT
                        .withScheduler(clock)
                        .withLimits(limits)
                        .withChannels("log/*", ChannelSettings.DEFAULT.withHistory(history));
        return new PubSubService("pubsub", options, clock::nanos, new Random(1));
    }

    private void use(PubSubLimits limits, HistoryLimits history) {
        pubsub = service(limits, history);
        frontend = new Registry(pubsub);
        alice = TextClient.connect(frontend);
    }

    private void publish(String channel, int... messages) {
        for (int message : messages) {
            pubsub.publish(channel, message);
        }
    }

    private static JsonNode data(TextClient client, String params) {
        client.calls("pubsub", "subscribe", params);
        JsonNode message = client.nextMessage();
        assertThat(message.path("data").isObject()).as(message.toString()).isTrue();
        return message.get("data");
    }

    private static List<Integer> messages(JsonNode data) {
        List<Integer> messages = new ArrayList<>();
        data.get("messages").forEach(each -> messages.add(each.get("message").intValue()));
        return messages;
    }

    private static List<Integer> heard(TextClient client) {
        List<Integer> messages = new ArrayList<>();
        for (String text : client.heard()) {
            assertThat(text).contains("'type':'message'").contains("'offset':'");
            messages.add(Integer.parseInt(text.replaceAll(".*'message':(\\d+).*", "$1")));
        }
        return messages;
    }

    private long figure(String name) {
        return pubsub.figures().stream()
                .filter(it -> it.name().equals("snorky.pubsub." + name))
                .map(Figure::value)
                .findFirst()
                .orElseThrow()
                .getAsLong();
    }

    // --- What is answered

    @Test
    void a_subscriber_may_have_the_newest_messages_oldest_first() {
        publish("log/a", 1, 2, 3);
        publish("log/b", 4);

        String answer = alice.asks("pubsub", "subscribe", "{'channel':'log/a','history':2}");

        String epoch = answer.replaceAll(".*'data':\\{'offset':'([^-]+)-.*", "$1");
        assertThat(answer)
                .isEqualTo(
                        response(
                                "pubsub",
                                "{'offset':'E-4','messages':[{'message':2,'offset':'E-2'},{'message':3,'offset':'E-3'}]}"
                                        .replace("E", epoch)));
        publish("log/a", 5);
        assertThat(alice.heard())
                .containsExactly(
                        "{'service':'pubsub','message':{'type':'message','channel':'log/a','message':5,'offset':'E-5'}}"
                                .replace("E", epoch));
    }

    @Test
    void who_asks_for_nothing_gets_what_it_always_got() {
        publish("log/a", 1);

        assertThat(alice.asks("pubsub", "subscribe", "{'channel':'log/a'}"))
                .isEqualTo(response("pubsub", "null"));
        assertThat(alice.asks("pubsub", "subscribe", "{'channel':'log/a','history':1}"))
                .isEqualTo(error("pubsub", "Already subscribed"));
        alice.calls("pubsub", "publish", "{'channel':'log/a','message':{'a':[1.50]}}");
        assertThat(alice.heard())
                .containsExactly(
                        "{'service':'pubsub','message':{'type':'message','channel':'log/a','message':{'a':[1.50]}}}",
                        response("pubsub", "null"));
        assertThat(alice.asks("pubsub", "unsubscribe", "{'channel':'log/a'}"))
                .isEqualTo(response("pubsub", "null"));
        assertThat(alice.asks("pubsub", "unsubscribe", "{'channel':'log/a'}"))
                .isEqualTo(error("pubsub", "Not subscribed"));
        publish("log/a", 3);
        assertThat(alice.heard()).isEmpty();
    }

    @Test
    void a_publisher_with_offsets_hears_itself_before_its_response_too() {
        JsonNode data = data(alice, "{'channel':'log/a','history':0}");
        assertThat(messages(data)).isEmpty();

        alice.calls("pubsub", "publish", "{'channel':'log/a','message':1}");

        List<String> heard = alice.heard();
        assertThat(heard).hasSize(2);
        assertThat(heard.get(0)).contains("'message':1,'offset':");
        assertThat(heard.get(1)).isEqualTo(response("pubsub", "null"));
    }

    @Test
    void what_is_wrong_is_named() {
        assertThat(alice.asks("pubsub", "subscribe", "{'channel':'log/a','history':-1}"))
                .isEqualTo(error("pubsub", "history: -1 (expected: zero or more)"));
        assertThat(alice.asks("pubsub", "subscribe", "{'channel':'log/a','since':'7'}"))
                .isEqualTo(error("pubsub", "since: 7 (expected: an offset that came from here)"));
        assertThat(alice.asks("pubsub", "subscribe", "{'channel':'log/a','history':'1'}"))
                .isEqualTo(error("pubsub", "Invalid params"));
        assertThat(
                        TextClient.visit(frontend)
                                .asks("pubsub", "subscribe", "{'channel':'log/a','history':1}"))
                .contains("connection: a single request (expected: one that stays, as WebSocket)");
        assertThat(pubsub.holdings()).isZero();
        assertThat(figure("subscriptions")).isZero();
    }

    @Test
    void all_channels_of_a_client_count_together() {
        for (int i = 0; i < PubSubService.MAX_CHANNELS_PER_CLIENT; i += 2) {
            alice.asks("pubsub", "subscribe", "{'channel':" + i + "}");
            alice.asks("pubsub", "subscribe", "{'channel':'log/" + i + "','history':0}");
        }

        for (String one : List.of("'more'", "'log/more'")) {
            assertThat(alice.asks("pubsub", "subscribe", "{'channel':" + one + "}"))
                    .isEqualTo(error("pubsub", "channels: 1000 (expected: at most 1000)"));
        }
        assertThat(figure("subscriptions")).isEqualTo(1000);
        alice.leaves();
        assertThat(figure("subscriptions")).isZero();
        assertThat(figure("channels")).isZero();
        assertThat(pubsub.holdings()).isZero();
    }

    @Test
    void the_back_end_may_look_at_the_past() {
        publish("log/a", 1, 2, 3);
        var backend = new Registry(new PubSubBackend("back", pubsub));

        String answer =
                TextClient.visit(backend).asks("back", "history", "{'channel':'log/a','limit':2}");

        assertThat(answer).contains("'messages':[{'message':2,").contains("{'message':3,");
        assertThat(
                        TextClient.visit(backend)
                                .asks("back", "history", "{'channel':'log/b','limit':2}"))
                .contains("'messages':[]");
        assertThat(
                        TextClient.visit(backend)
                                .asks("back", "history", "{'channel':'log/b','limit':-2}"))
                .isEqualTo(error("back", "limit: -2 (expected: zero or more)"));
    }

    // --- Going on

    @Test
    void one_that_comes_back_gets_what_it_missed() {
        JsonNode before = data(alice, "{'channel':'log/a','history':0}");
        publish("log/a", 1, 2);
        alice.leaves();
        publish("log/b", 9);
        publish("log/a", 3, 4);

        TextClient again = TextClient.connect(frontend);
        JsonNode data =
                data(
                        again,
                        "{'channel':'log/a','history':1,'since':'%s'}"
                                .formatted(before.get("offset").stringValue()));

        assertThat(messages(data)).containsExactly(1, 2, 3, 4);
        assertThat(data.has("resync")).isFalse();
        publish("log/a", 5);
        assertThat(heard(again)).containsExactly(5);
    }

    @Test
    void one_that_was_away_too_long_is_told() {
        JsonNode before = data(alice, "{'channel':'log/a','history':0}");
        alice.leaves();
        publish("log/a", 1, 2, 3, 4, 5, 6);

        TextClient again = TextClient.connect(frontend);
        String since = before.get("offset").stringValue();
        JsonNode data =
                data(again, "{'channel':'log/a','history':2,'since':'%s'}".formatted(since));
        assertThat(data.get("resync").booleanValue()).isTrue();
        assertThat(messages(data)).containsExactly(5, 6);

        TextClient other = TextClient.connect(frontend);
        JsonNode all = data(other, "{'channel':'log/a','since':'%s'}".formatted(since));
        assertThat(all.get("resync").booleanValue()).isTrue();
        assertThat(messages(all)).containsExactly(2, 3, 4, 5, 6);
        assertThat(figure("resyncs")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"another-1", "E-7", "E-999999999999999999"})
    void an_offset_of_another_life_or_none_is_one_to_resync_from(String offset) {
        String epoch =
                data(alice, "{'channel':'log/b','history':0}")
                        .get("offset")
                        .stringValue()
                        .replaceAll("-.*", "");
        publish("log/a", 1, 2);

        JsonNode data =
                data(
                        alice,
                        "{'channel':'log/a','history':1,'since':'%s'}"
                                .formatted(offset.replace("E", epoch)));

        assertThat(data.get("resync").booleanValue()).isTrue();
        assertThat(messages(data)).containsExactly(2);
    }

    @Test
    void a_quiet_channel_is_gone_on_with_however_much_others_had_to_forget() {
        use(new PubSubLimits(64 << 20, 2, 10), FIVE);
        JsonNode quiet = data(alice, "{'channel':'log/quiet','history':0}");
        publish("log/quiet", 1);
        for (int i = 0; i < 10; i++) {
            publish("log/" + i, i);
        }

        TextClient bob = TextClient.connect(frontend);
        JsonNode data =
                data(
                        bob,
                        "{'channel':'log/quiet','since':'%s'}"
                                .formatted(quiet.get("offset").stringValue()));

        assertThat(data.has("resync")).isFalse();
        assertThat(messages(data)).containsExactly(1);
        assertThat(figure("log.channels")).isEqualTo(2);
    }

    // --- Bounds

    @Test
    void age_counts_though_nothing_is_published() {
        publish("log/a", 1);
        clock.passes(Duration.ofMinutes(59));
        assertThat(messages(data(alice, "{'channel':'log/a','history':9}"))).containsExactly(1);

        clock.passes(Duration.ofMinutes(2));
        TextClient bob = TextClient.connect(frontend);
        assertThat(messages(data(bob, "{'channel':'log/a','history':9}"))).isEmpty();
    }

    @Test
    void what_nobody_reads_goes_by_itself() {
        publish("log/a", 1);
        assertThat(figure("channels")).isEqualTo(1);
        assertThat(figure("log.bytes")).isPositive();

        clock.passes(Duration.ofMinutes(61));
        clock.advance(Histories.SWEEP_INTERVAL);

        assertThat(figure("channels")).isZero();
        assertThat(figure("log.bytes")).isZero();
        assertThat(figure("log.channels")).isZero();
    }

    @Test
    void those_without_subscribers_go_first_of_them_the_least_recently_used() {
        use(new PubSubLimits(64 << 20, 3, 10), FIVE);
        String since =
                data(alice, "{'channel':'log/held','history':0}").get("offset").stringValue();
        publish("log/held", 0);
        publish("log/b", 1);
        publish("log/c", 2);
        publish("log/b", 3);

        publish("log/d", 4);

        TextClient bob = TextClient.connect(frontend);
        List<String> resynced = new ArrayList<>();
        for (String channel : List.of("held", "b", "c", "d")) {
            String params = "{'channel':'log/%s','since':'%s'}".formatted(channel, since);
            if (data(bob, params).has("resync")) {
                resynced.add(channel);
            }
        }
        assertThat(resynced).containsExactly("c");
    }

    @Test
    void all_channels_together_are_bounded_in_bytes() {
        use(new PubSubLimits(20_000, 1_000, 10), FIVE);
        data(alice, "{'channel':'log/0','history':0}");
        for (int i = 0; i < 1_000; i++) {
            pubsub.publish("log/" + i % 50, "x".repeat(i));
            assertThat(figure("log.bytes")).isBetween(1L, 20_000L);
        }
        pubsub.publish("log/0", "x".repeat(30_000));
        assertThat(figure("log.channels")).isEqualTo(1);
        assertThat(figure("channels")).isEqualTo(1);
    }

    // --- Lagging

    @Test
    void one_that_lags_reads_on_when_there_is_room() {
        data(alice, "{'channel':'log/a','history':0}");
        data(alice, "{'channel':'log/b','history':0}");
        alice.hasRoomFor(1);
        publish("log/a", 1, 2);
        publish("log/b", 3);
        assertThat(heard(alice)).containsExactly(1);
        assertThat(figure("lagging")).isEqualTo(2);

        alice.hasRoomFor(1);
        publish("log/a", 4);
        assertThat(heard(alice)).hasSize(1);
        alice.hasRoomFor(100);
        assertThat(heard(alice)).hasSize(2);
        publish("log/b", 5);
        assertThat(heard(alice)).containsExactly(5);
        assertThat(figure("lagging")).isZero();
        assertThat(figure("lags")).isEqualTo(2);
        assertThat(figure("caught.up")).isEqualTo(3);
    }

    @Test
    void one_that_lags_behind_the_log_is_told_and_no_longer_subscribed() {
        data(alice, "{'channel':'log/a','history':0}");
        data(alice, "{'channel':'log/b','history':0}");
        alice.hasRoomFor(0);
        publish("log/a", 1, 2, 3, 4, 5, 6);
        publish("log/b", 7);
        alice.hasRoomFor(100);

        assertThat(alice.heard())
                .hasSize(2)
                .anyMatch(it -> it.contains("'message':7,"))
                .contains("{'service':'pubsub','message':{'type':'resync','channel':'log/a'}}");
        assertThat(figure("subscriptions")).isEqualTo(1);
        publish("log/a", 8);
        assertThat(alice.heard()).isEmpty();

        assertThat(messages(data(alice, "{'channel':'log/a','history':2}"))).containsExactly(6, 8);
    }

    @Test
    void a_reply_holds_only_so_much_and_the_rest_follows() {
        use(PubSubLimits.DEFAULT, HistoryLimits.DEFAULT);
        for (int i = 0; i < 10; i++) {
            pubsub.publish("log/a", i + "x".repeat(10_000));
        }

        JsonNode data = data(alice, "{'channel':'log/a','history':9}");
        String epoch = data.get("offset").stringValue().replaceAll("-.*", "");
        assertThat(data.get("messages")).hasSize(6);
        assertThat(data.get("offset").stringValue()).isEqualTo(epoch + "-7");
        assertThat(data.get("until").stringValue()).isEqualTo(epoch + "-10");
        List<String> rest = alice.heard();
        assertThat(rest).hasSize(3);
        assertThat(rest.getFirst()).contains("'message':'7x").contains(epoch + "-8");

        TextClient slow = TextClient.connect(frontend);
        data(slow, "{'channel':'log/b','history':0}");
        slow.hasRoomFor(0);
        publish("log/b", 1);
        JsonNode nothing = data(slow, "{'channel':'log/a','history':2}");
        assertThat(nothing.get("messages")).isEmpty();
        assertThat(nothing.get("offset").stringValue()).isEqualTo(epoch + "-8");
        slow.hasRoomFor(9);
        assertThat(slow.heard()).hasSize(3);
    }

    @Test
    void after_the_reply_to_unsubscribe_nothing_comes() {
        data(alice, "{'channel':'log/a','history':0}");
        alice.hasRoomFor(0);
        publish("log/a", 1);
        assertThat(alice.asks("pubsub", "unsubscribe", "{'channel':'log/a'}"))
                .isEqualTo(response("pubsub", "null"));
        alice.hasRoomFor(9);
        assertThat(alice.heard()).isEmpty();
        assertThat(figure("lagging")).isZero();
    }
}
