package io.snorky.messaging;

import static io.snorky.TestClient.error;
import static io.snorky.TestClient.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.Client;
import io.snorky.Registry;
import io.snorky.TestClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagingServiceTest {

    private static final MessagingOptions OPTIONS =
            MessagingOptions.DEFAULT
                    .withNameAllowed((client, name) -> !name.startsWith("root"))
                    .withNamesPerClient(3)
                    .withNameCharacters(10);

    private final Registry registry = new Registry(new MessagingService("messaging", OPTIONS));
    private final TestClient alice = TestClient.connect(registry);
    private final TestClient bob = TestClient.connect(registry);

    private static String register(TestClient client, String name) {
        return client.asks("messaging", "registerParticipant", "{'name':" + name + "}");
    }

    private static String unregister(TestClient client, String name) {
        return client.asks("messaging", "unregisterParticipant", "{'name':" + name + "}");
    }

    private static String list(TestClient client) {
        return client.asks("messaging", "listParticipants", "{}");
    }

    private static String ok() {
        return response("messaging", "null");
    }

    private static String refusal(String text) {
        return error("messaging", text);
    }

    private static String send(String sender, String dest, String body) {
        return "{'sender':%s,'dest':%s,'body':%s}".formatted(sender, dest, body);
    }

    private static String message(String sender, String dest, String body) {
        return "{'service':'messaging','message':{'type':'message','sender':'%s','dest':'%s','body':%s}}"
                .formatted(sender, dest, body);
    }

    @Test
    void a_message_goes_to_who_holds_the_name() {
        register(alice, "'alice'");
        register(bob, "'bob'");

        String reply = alice.asks("messaging", "send", send("'alice'", "'bob'", "{'a':[1.50]}"));

        assertThat(reply).isEqualTo(ok());
        assertThat(bob.heard()).containsExactly(message("alice", "bob", "{'a':[1.50]}"));
        assertThat(alice.heard()).isEmpty();
    }

    @Test
    void a_message_to_oneself_comes_before_the_response() {
        register(alice, "'alice'");
        register(alice, "'al'");

        alice.calls("messaging", "send", send("'alice'", "'al'", "null"));

        assertThat(alice.heard()).containsExactly(message("alice", "al", "null"), ok());
    }

    @Test
    void a_name_is_registered_once_by_the_caller_or_anybody() {
        assertThat(register(alice, "'alice'")).isEqualTo(ok());

        assertThat(register(alice, "'alice'")).isEqualTo(refusal("Name already registered"));
        assertThat(register(bob, "'alice'")).isEqualTo(refusal("Name already registered"));
        assertThat(register(bob, "'Alice'")).isEqualTo(ok());
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "null", "true", "['alice']", "{}", "'root'", "'rooted'"})
    void names_are_strings_that_the_function_allows(String name) {
        assertThat(register(alice, name)).isEqualTo(refusal("Name not allowed"));

        assertThat(list(alice)).isEqualTo(response("messaging", "[]"));
        assertThat(unregister(alice, name)).isEqualTo(refusal("Unknown participant"));
        assertThat(alice.asks("messaging", "send", send(name, name, "1")))
                .isEqualTo(refusal("Invalid sender"));
    }

    @Test
    void an_overriding_method_is_asked_instead_of_the_function() {
        var strict =
                new MessagingService("messaging") {
                    @Override
                    protected boolean isNameAllowed(Client client, String name) {
                        return client.identity().asString("").equals(name);
                    }
                };
        TestClient carol = TestClient.connect(new Registry(strict));

        assertThat(register(carol, "'carol'")).isEqualTo(refusal("Name not allowed"));
        assertThat(register(carol, "''")).isEqualTo(ok());
    }

    @Test
    void only_the_holder_gives_a_name_back() {
        register(alice, "'alice'");

        assertThat(unregister(bob, "'alice'")).isEqualTo(refusal("Invalid participant"));
        assertThat(unregister(bob, "'nobody'")).isEqualTo(refusal("Unknown participant"));
        assertThat(unregister(alice, "'alice'")).isEqualTo(ok());
        assertThat(unregister(alice, "'alice'")).isEqualTo(refusal("Unknown participant"));
        assertThat(register(bob, "'alice'")).isEqualTo(ok());
    }

    @Test
    void the_sender_is_checked_before_the_destination() {
        register(alice, "'alice'");

        assertThat(bob.asks("messaging", "send", send("'alice'", "'nobody'", "1")))
                .isEqualTo(refusal("Invalid sender"));
        assertThat(bob.asks("messaging", "send", send("'nobody'", "'alice'", "1")))
                .isEqualTo(refusal("Invalid sender"));
        assertThat(alice.asks("messaging", "send", send("'alice'", "'nobody'", "1")))
                .isEqualTo(refusal("Unknown destination"));
        assertThat(alice.asks("messaging", "send", send("'alice'", "7", "1")))
                .isEqualTo(refusal("Unknown destination"));
    }

    @Test
    void names_are_listed_by_code_point() {
        register(alice, "'\uff5e'");
        register(alice, "'\ud83d\ude00'");
        register(alice, "'b'");
        register(bob, "'B'");
        register(bob, "'ba'");
        register(bob, "''");

        assertThat(list(bob))
                .isEqualTo(response("messaging", "['','B','b','ba','\uff5e','\ud83d\ude00']"));
    }

    @Test
    void who_goes_leaves_no_names_behind() {
        register(alice, "'alice'");
        register(alice, "'al'");
        register(bob, "'bob'");
        unregister(alice, "'al'");
        register(bob, "'al'");

        alice.leaves();

        assertThat(list(bob)).isEqualTo(response("messaging", "['al','bob']"));
        assertThat(bob.asks("messaging", "send", send("'bob'", "'alice'", "1")))
                .isEqualTo(refusal("Unknown destination"));
        assertThat(register(bob, "'alice'")).isEqualTo(ok());
    }

    @Test
    void a_client_may_hold_a_bounded_number_of_names() {
        register(alice, "'1'");
        register(alice, "'2'");
        register(alice, "'3'");

        assertThat(register(alice, "'4'")).isEqualTo(refusal("names: 3 (expected: at most 3)"));
        unregister(alice, "'1'");
        assertThat(register(alice, "'4'")).isEqualTo(ok());
    }

    @Test
    void the_length_of_a_name_is_bounded() {
        assertThat(register(alice, "'0123456789'")).isEqualTo(ok());
        assertThat(register(alice, "'0123456789x'"))
                .isEqualTo(refusal("name: 0123456789x (expected: at most 10 characters)"));
    }

    @Test
    void one_who_cannot_be_sent_to_has_no_name() {
        assertThat(register(TestClient.visit(registry), "'alice'"))
                .isEqualTo(
                        refusal(
                                "connection: a single request (expected: one that stays, as"
                                        + " WebSocket)"));
    }

    @Test
    void bounds_are_more_than_zero() {
        assertThatThrownBy(() -> MessagingOptions.DEFAULT.withNamesPerClient(0))
                .hasMessage("namesPerClient: 0 (expected: more than zero)");
    }
}
