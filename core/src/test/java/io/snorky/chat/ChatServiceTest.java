package io.snorky.chat;

import static io.snorky.TestClient.error;
import static io.snorky.TestClient.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.Client;
import io.snorky.Registry;
import io.snorky.TestClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

class ChatServiceTest {

    private static final Clock NOON =
            Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);
    private static final String TIME = "2026-01-31T12:00:00+00:00";
    private static final String CATS = "{'channel':'#cats'}";

    private final Registry registry =
            new Registry(
                    new ChatService(
                            "chat",
                            ChatOptions.DEFAULT
                                    .withClock(NOON)
                                    .withChannelsPerClient(3)
                                    .withChannelCharacters(20)));

    private final TestClient alice = connect("'alice'");
    private final TestClient bob = connect("'bob'");
    private final TestClient bobsPhone = connect("'bob'");

    private TestClient connect(String identity) {
        return connect(registry, identity);
    }

    private static TestClient connect(Registry registry, String identity) {
        TestClient client = TestClient.connect(registry);
        become(client, identity);
        return client;
    }

    private static void become(TestClient client, String identity) {
        client.client().identify(JsonMapper.shared().readTree(identity.replace('\'', '"')));
    }

    private static String join(TestClient client, String channel) {
        return client.asks("chat", "join", "{'channel':" + channel + "}");
    }

    private void allJoin() {
        join(alice, "'#cats'");
        join(bob, "'#cats'");
        join(bobsPhone, "'#cats'");
        alice.heard();
        bob.heard();
    }

    private static String members(String identities) {
        return response("chat", "{'members':[" + identities + "]}");
    }

    private static String ok() {
        return response("chat", "null");
    }

    private static String refusal(String text) {
        return error("chat", text);
    }

    private static String presence(String from, String status) {
        return "{'service':'chat','message':{'type':'presence','from':%s,'channel':'#cats','status':'%s','timestamp':'%s'}}"
                .formatted(from, status, TIME);
    }

    private static String message(String from, String body) {
        return "{'service':'chat','message':{'type':'message','from':%s,'channel':'#cats','body':%s,'timestamp':'%s'}}"
                .formatted(from, body, TIME);
    }

    private static String read() {
        return "{'service':'chat','message':{'type':'read','channel':'#cats','timestamp':'%s'}}"
                .formatted(TIME);
    }

    @Test
    void joining_needs_an_identity_and_happens_once() {
        TestClient nobody = TestClient.connect(registry);

        assertThat(join(nobody, "'#cats'")).isEqualTo(refusal("Not authenticated"));
        assertThat(join(alice, "'#cats'")).isEqualTo(members("'alice'"));
        assertThat(join(alice, "'#cats'")).isEqualTo(refusal("Already joined"));
        become(alice, "null");
        assertThat(join(alice, "'#cats'")).isEqualTo(refusal("Not authenticated"));
    }

    @Test
    void presence_is_by_identity_and_not_told_to_who_joins() {
        join(alice, "'#cats'");

        assertThat(join(bob, "'#cats'")).isEqualTo(members("'alice','bob'"));
        assertThat(join(bobsPhone, "'#cats'")).isEqualTo(members("'alice','bob'"));

        assertThat(alice.heard()).containsExactly(presence("'bob'", "joined"));
        assertThat(bob.heard()).isEmpty();
        assertThat(bobsPhone.heard()).isEmpty();
    }

    @Test
    void an_identity_has_left_with_its_last_client() {
        allJoin();

        assertThat(bob.asks("chat", "leave", CATS)).isEqualTo(ok());
        assertThat(alice.heard()).isEmpty();
        bobsPhone.leaves();

        assertThat(alice.heard()).containsExactly(presence("'bob'", "left"));
        assertThat(bob.asks("chat", "leave", CATS)).isEqualTo(refusal("Not joined"));
        assertThat(bob.heard()).isEmpty();
    }

    @Test
    void a_message_goes_to_all_in_the_channel_the_sender_before_its_response() {
        allJoin();

        bob.calls("chat", "send", "{'channel':'#cats','body':{'a':[1.50]}}");

        String message = message("'bob'", "{'a':[1.50]}");
        assertThat(bob.heard()).containsExactly(message, ok());
        assertThat(bobsPhone.heard()).containsExactly(message);
        assertThat(alice.heard()).containsExactly(message);
    }

    @Test
    void who_is_not_in_cannot_leave_or_send() {
        join(alice, "'#cats'");

        assertThat(bob.asks("chat", "leave", CATS)).isEqualTo(refusal("Not joined"));
        assertThat(bob.asks("chat", "send", "{'channel':'#cats','body':1}"))
                .isEqualTo(refusal("Not joined"));
        assertThat(alice.heard()).isEmpty();
    }

    @Test
    void what_is_read_is_told_to_the_other_clients_of_the_identity() {
        allJoin();

        assertThat(bob.asks("chat", "read", CATS)).isEqualTo(ok());

        assertThat(bobsPhone.heard()).containsExactly(read());
        assertThat(bob.heard()).isEmpty();
        assertThat(alice.heard()).isEmpty();
    }

    @Test
    void reading_is_never_an_error() {
        join(bob, "'#cats'");

        assertThat(TestClient.connect(registry).asks("chat", "read", CATS)).isEqualTo(ok());
        assertThat(alice.asks("chat", "read", CATS)).isEqualTo(ok());
        assertThat(alice.asks("chat", "read", "{'channel':null}")).isEqualTo(ok());
        assertThat(bob.heard()).isEmpty();
        assertThat(bobsPhone.asks("chat", "read", CATS)).isEqualTo(ok());
        assertThat(bob.heard()).containsExactly(read());
    }

    @Test
    void the_identity_at_join_time_counts_for_as_long_as_one_stays() {
        allJoin();
        become(bob, "'robert'");

        bob.calls("chat", "send", "{'channel':'#cats','body':1}");
        bob.calls("chat", "read", CATS);

        assertThat(alice.heard()).containsExactly(message("'bob'", "1"));
        assertThat(bobsPhone.heard()).containsExactly(message("'bob'", "1"), read());
        assertThat(join(connect("'carol'"), "'#cats'")).isEqualTo(members("'alice','bob','carol'"));
        alice.heard();
        bobsPhone.leaves();
        assertThat(alice.heard()).isEmpty();
        bob.heard();
        assertThat(bob.asks("chat", "leave", CATS)).isEqualTo(ok());
        assertThat(alice.heard()).containsExactly(presence("'bob'", "left"));
    }

    @Test
    void a_changed_identity_leaves_no_ghost_when_the_client_goes() {
        allJoin();
        become(bob, "null");
        become(bobsPhone, "'phone'");

        bob.leaves();
        bobsPhone.leaves();

        assertThat(alice.heard()).containsExactly(presence("'bob'", "left"));
        assertThat(join(connect("'carol'"), "'#cats'")).isEqualTo(members("'alice','carol'"));
    }

    @Test
    void going_leaves_all_channels() {
        join(alice, "'#cats'");
        join(alice, "'#dogs'");
        join(bob, "'#cats'");
        join(bob, "'#dogs'");
        alice.heard();

        bob.leaves();

        assertThat(alice.heard()).hasSize(2).allMatch(text -> text.contains("'left'"));
        alice.asks("chat", "send", "{'channel':'#cats','body':1}");
        assertThat(bob.heard()).isEmpty();
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
        join(alice, one);
        assertThat(join(bob, other)).isEqualTo(members(same ? "'alice','bob'" : "'bob'"));

        if (!one.equals("null")) {
            join(connect(one), "'#ids'");
            String reply = join(connect(other), "'#ids'");
            assertThat(reply).isEqualTo(members(same ? one : one + "," + other));
        }
    }

    @Test
    void timestamps_have_microseconds_where_there_are_any_and_an_offset() {
        Clock clock =
                Clock.fixed(
                        Instant.parse("2026-01-31T12:00:00.120000999Z"), ZoneId.of("GMT+01:30"));

        assertThat(Timestamps.now(clock)).isEqualTo("2026-01-31T13:30:00.120000+01:30");
        assertThat(Timestamps.now(NOON)).isEqualTo(TIME);
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

        assertThat(join(nobody, "7")).isEqualTo(refusal("Not authorized"));
        assertThat(nobody.asks("chat", "send", "{'channel':7,'body':1}"))
                .isEqualTo(refusal("Not joined"));
        assertThat(join(nobody, "'#cats'")).isEqualTo(members("null"));
        assertThat(nobody.asks("chat", "send", "{'channel':'#cats','body':1}"))
                .isEqualTo(refusal("Not authorized"));
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
        TestClient carol = connect(new Registry(chat), "'carol'");

        assertThat(join(carol, "null")).isEqualTo(refusal("Not authorized"));
        assertThat(join(carol, "'#cats'")).isEqualTo(members("'carol'"));
        assertThat(carol.asks("chat", "send", "{'channel':'#cats','body':1}"))
                .isEqualTo(refusal("Not authorized"));
    }

    @Test
    void a_client_may_join_a_bounded_number_of_channels() {
        join(alice, "1");
        join(alice, "2");
        join(alice, "3");

        assertThat(join(alice, "4")).isEqualTo(refusal("channels: 3 (expected: at most 3)"));
        alice.asks("chat", "leave", "{'channel':1}");
        assertThat(join(alice, "4")).isEqualTo(members("'alice'"));
    }

    @Test
    void the_length_of_a_channel_is_bounded() {
        assertThat(join(alice, "'" + "x".repeat(30) + "'"))
                .contains("(expected: at most 20 characters)");
    }

    @Test
    void one_who_cannot_be_sent_to_cannot_join() {
        TestClient visitor = TestClient.visit(registry);
        become(visitor, "'alice'");

        assertThat(join(visitor, "'#cats'"))
                .isEqualTo(
                        refusal(
                                "connection: a single request (expected: one that stays, as"
                                        + " WebSocket)"));
    }

    @Test
    void bounds_are_more_than_zero() {
        assertThatThrownBy(() -> ChatOptions.DEFAULT.withChannelsPerClient(0))
                .hasMessage("channelsPerClient: 0 (expected: more than zero)");
    }
}
