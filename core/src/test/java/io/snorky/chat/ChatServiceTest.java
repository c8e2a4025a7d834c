package io.snorky.chat;

import static io.snorky.testkit.Json.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.Client;
import io.snorky.Registry;
import io.snorky.testkit.Call;
import io.snorky.testkit.ManualScheduler;
import io.snorky.testkit.TestClient;
import io.snorky.testkit.TestClients;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

class ChatServiceTest {

    private static final Object CATS = Map.of("channel", "#cats");

    private final ManualScheduler time = new ManualScheduler();
    private final Registry registry =
            new Registry(
                    new ChatService(
                            "chat",
                            ChatOptions.DEFAULT
                                    .withClock(time.clock())
                                    .withChannelsPerClient(3)
                                    .withChannelCharacters(20)));

    private final TestClient alice = TestClient.connect(registry).as("alice");
    private final TestClient bob = TestClient.connect(registry).as("bob");
    private final TestClient bobsPhone = TestClient.connect(registry).as("bob");

    private static Call join(TestClient client, Object channel) {
        return client.call("chat", "join", Map.of("channel", channel));
    }

    private static Call leave(TestClient client, Object channel) {
        return client.call("chat", "leave", Map.of("channel", channel));
    }

    private static Call send(TestClient client, Object channel, Object body) {
        return client.call("chat", "send", Map.of("channel", channel, "body", body));
    }

    private void allJoin() {
        join(alice, "#cats").replies(members("alice"));
        join(bob, "#cats").replies(members("alice", "bob"));
        join(bobsPhone, "#cats").replies(members("alice", "bob"));
        alice.hears("chat", presence("bob", "joined"));
    }

    private static Object members(Object... identities) {
        return Map.of("members", List.of(identities));
    }

    private static JsonNode presence(String from, String status) {
        return json(
                "{'type':'presence','from':'%s','channel':'#cats','status':'%s','timestamp':'2026-01-01T00:00:00+00:00'}"
                        .formatted(from, status));
    }

    private static JsonNode message(String from, String body) {
        return json(
                "{'type':'message','from':'%s','channel':'#cats','body':%s,'timestamp':'2026-01-01T00:00:00+00:00'}"
                        .formatted(from, body));
    }

    private static JsonNode read() {
        return json("{'type':'read','channel':'#cats','timestamp':'2026-01-01T00:00:00+00:00'}");
    }

    @Test
    void joining_needs_an_identity_and_happens_once() {
        join(TestClient.connect(registry), "#cats").isRefused("Not authenticated");

        join(alice, "#cats").replies(members("alice"));
        join(alice, "#cats").isRefused("Already joined");

        alice.as(null);
        join(alice, "#cats").isRefused("Not authenticated");
    }

    @Test
    void presence_is_by_identity_and_not_told_to_who_joins() {
        join(alice, "#cats").replies(members("alice"));
        join(bob, "#cats").replies(members("alice", "bob"));
        join(bobsPhone, "#cats").replies(members("alice", "bob"));

        alice.hears("chat", presence("bob", "joined"));
        alice.hearsNothingMore();
        bob.hearsNothingMore();
        bobsPhone.hearsNothingMore();
    }

    @Test
    void an_identity_has_left_with_its_last_client() {
        allJoin();

        leave(bob, "#cats").replies(null);
        alice.hearsNothingMore();
        bobsPhone.leaves();

        alice.hears("chat", presence("bob", "left"));
        alice.hearsNothingMore();
        leave(bob, "#cats").isRefused("Not joined");
        bob.hearsNothingMore();
    }

    @Test
    void a_message_goes_to_all_in_the_channel_the_sender_before_its_response() {
        allJoin();

        Call call = send(bob, "#cats", json("{'a':[1.50]}"));

        JsonNode message = message("bob", "{'a':[1.50]}");
        bob.hears("chat", message).before(call);
        call.replies(null);
        bobsPhone.hears("chat", message);
        assertThat(alice.hears("chat", message).text()).contains("\"body\":{\"a\":[1.50]}");
        alice.hearsNothingMore();
    }

    @Test
    void timestamps_are_those_of_the_clock() {
        join(alice, "#cats").reply();
        time.advance(Duration.ofHours(12));

        send(alice, "#cats", "Hi").replies(null);

        alice.hearsLike("chat", Map.of("timestamp", "2026-01-01T12:00:00+00:00"));
    }

    @Test
    void who_is_not_in_cannot_leave_or_send() {
        join(alice, "#cats").reply();

        leave(bob, "#cats").isRefused("Not joined");
        send(bob, "#cats", 1).isRefused("Not joined");

        alice.hearsNothingMore();
    }

    @Test
    void what_is_read_is_told_to_the_other_clients_of_the_identity() {
        allJoin();

        bob.call("chat", "read", CATS).replies(null);

        bobsPhone.hears("chat", read());
        bobsPhone.hearsNothingMore();
        bob.hearsNothingMore();
        alice.hearsNothingMore();
    }

    @Test
    void reading_is_never_an_error() {
        join(bob, "#cats").reply();

        TestClient.connect(registry).call("chat", "read", CATS).replies(null);
        alice.call("chat", "read", CATS).replies(null);
        alice.call("chat", "read", json("{'channel':null}")).replies(null);
        bob.hearsNothingMore();

        bobsPhone.call("chat", "read", CATS).replies(null);
        bob.hears("chat", read());
    }

    @Test
    void the_identity_at_join_time_counts_for_as_long_as_one_stays() {
        allJoin();
        bob.as("robert");

        send(bob, "#cats", 1).replies(null);
        bob.call("chat", "read", CATS).replies(null);

        alice.hears("chat", message("bob", "1"));
        alice.hearsNothingMore();
        bobsPhone.hears("chat", message("bob", "1"));
        bobsPhone.hears("chat", read());

        join(TestClient.connect(registry).as("carol"), "#cats")
                .replies(members("alice", "bob", "carol"));
        alice.hears("chat", presence("carol", "joined"));
        bobsPhone.leaves();
        alice.hearsNothingMore();
        leave(bob, "#cats").replies(null);
        alice.hears("chat", presence("bob", "left"));
    }

    @Test
    void a_changed_identity_leaves_no_ghost_when_the_client_goes() {
        allJoin();
        bob.as(null);
        bobsPhone.as("phone");

        bob.leaves();
        bobsPhone.leaves();

        alice.hears("chat", presence("bob", "left"));
        alice.hearsNothingMore();
        join(TestClient.connect(registry).as("carol"), "#cats").replies(members("alice", "carol"));
    }

    @Test
    void going_leaves_all_channels() {
        for (String channel : List.of("#cats", "#dogs")) {
            join(alice, channel).reply();
            join(bob, channel).reply();
            alice.hearsLike("chat", Map.of("channel", channel, "status", "joined"));
        }

        bob.leaves();

        alice.hearsLike("chat", Map.of("from", "bob", "status", "left"));
        alice.hearsLike("chat", Map.of("from", "bob", "status", "left"));
        alice.hearsNothingMore();
        send(alice, "#cats", 1).replies(null);
        bob.hearsNothingMore();
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
                "null | null | true"
            })
    void channels_and_identities_are_compared_by_value(String one, String other, boolean same) {
        JsonNode first = json(one);
        JsonNode second = json(other);
        join(alice, first).reply();
        join(bob, second).replies(same ? members("alice", "bob") : members("bob"));

        if (!first.isNull()) {
            join(TestClient.connect(registry).as(first), "#ids").replies(members(first));
            join(TestClient.connect(registry).as(second), "#ids")
                    .replies(same ? members(first) : members(first, second));
        }
    }

    @Test
    void timestamps_have_microseconds_where_there_are_any_and_an_offset() {
        Clock clock =
                Clock.fixed(
                        Instant.parse("2026-01-31T12:00:00.120000999Z"), ZoneId.of("GMT+01:30"));

        assertThat(Timestamps.now(clock)).isEqualTo("2026-01-31T13:30:00.120000+01:30");
        assertThat(Timestamps.now(time.clock())).isEqualTo("2026-01-01T00:00:00+00:00");
    }

    @Test
    void functions_say_who_may_join_and_send() {
        var chat =
                new ChatService(
                        "chat",
                        ChatOptions.DEFAULT
                                .withAuthenticated(client -> true)
                                .withCanJoin((client, channel) -> channel.isString())
                                .withCanSend((client, channel) -> !client.identity().isNull()));
        TestClient nobody = TestClient.connect(new Registry(chat));

        join(nobody, 7).isRefused("Not authorized");
        send(nobody, 7, 1).isRefused("Not joined");
        join(nobody, "#cats").replies(json("{'members':[null]}"));
        send(nobody, "#cats", 1).isRefused("Not authorized");
    }

    @Test
    void so_do_overriding_methods() {
        var chat =
                new ChatService("chat") {
                    @Override
                    protected boolean canJoin(Client client, JsonNode channel) {
                        return !channel.isNull();
                    }

                    @Override
                    protected boolean canSend(Client client, JsonNode channel) {
                        return false;
                    }
                };
        TestClient carol = TestClient.connect(new Registry(chat)).as("carol");

        join(carol, JsonNodeFactory.instance.nullNode()).isRefused("Not authorized");
        join(carol, "#cats").replies(members("carol"));
        send(carol, "#cats", 1).isRefused("Not authorized");
    }

    @Test
    void a_client_may_join_a_bounded_number_of_channels() {
        join(alice, 1).reply();
        join(alice, 2).reply();
        join(alice, 3).reply();

        join(alice, 4).isRefused("channels: 3 (expected: at most 3)");
        leave(alice, 1).replies(null);
        join(alice, 4).replies(members("alice"));
    }

    @Test
    void the_length_of_a_channel_is_bounded() {
        assertThat(join(alice, "x".repeat(30)).refusal())
                .contains("(expected: at most 20 characters)");
    }

    @Test
    void one_who_cannot_be_sent_to_cannot_join() {
        TestClient visitor = TestClient.visit(registry).as("alice");

        join(visitor, "#cats")
                .isRefused("connection: a single request (expected: one that stays, as WebSocket)");
    }

    @Test
    void who_does_not_read_is_told_the_latest_presence_only() {
        join(alice, "#cats").reply();
        alice.stopsReading(10);
        for (int i = 0; i < 20; i++) {
            join(bob, "#cats").reply();
            leave(bob, "#cats").replies(null);
        }
        alice.readsOn();

        alice.hears("chat", presence("bob", "left"));
        alice.hearsNothingMore();
    }

    @Test
    void a_crowd_is_told_what_a_moment_of_coming_and_going_has_come_to() {
        ChatOptions options = ChatOptions.DEFAULT.withClock(time.clock()).withScheduler(time);
        Registry large = new Registry(new ChatService("chat", options));
        var crowd = TestClients.connect(large, IntStream.range(0, 101).boxed().toArray());
        crowd.each(client -> join(client, "#cats").reply());
        crowd.each(TestClient::heard);
        TestClient carol = TestClient.connect(large).as("carol");
        TestClient dave = TestClient.connect(large).as("dave");

        join(carol, "#cats").reply();
        join(dave, "#cats").reply();
        leave(dave, "#cats").replies(null);
        crowd.hearNothingMore();
        time.advance(Duration.ofMillis(11));

        crowd.hear("chat", presence("carol", "joined"));
        crowd.hearNothingMore();
        carol.hearsNothingMore();
    }

    @Test
    void bounds_are_more_than_zero() {
        assertThatThrownBy(() -> ChatOptions.DEFAULT.withChannelsPerClient(0))
                .hasMessage("channelsPerClient: 0 (expected: more than zero)");
    }
}
