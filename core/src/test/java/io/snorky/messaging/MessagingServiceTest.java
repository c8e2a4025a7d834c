package io.snorky.messaging;

import static io.snorky.testkit.Json.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.Client;
import io.snorky.Registry;
import io.snorky.testkit.Call;
import io.snorky.testkit.TestClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

class MessagingServiceTest {

    private static final MessagingOptions OPTIONS =
            MessagingOptions.DEFAULT
                    .withNameAllowed((client, name) -> !name.startsWith("root"))
                    .withNamesPerClient(3)
                    .withNameCharacters(10);

    private final Registry registry = new Registry(new MessagingService("messaging", OPTIONS));
    private final TestClient alice = TestClient.connect(registry).as("Alice");
    private final TestClient bob = TestClient.connect(registry).as("Bob");

    private static Call register(TestClient client, Object name) {
        return client.call("messaging", "registerParticipant", Map.of("name", name));
    }

    private static Call unregister(TestClient client, Object name) {
        return client.call("messaging", "unregisterParticipant", Map.of("name", name));
    }

    private static Call list(TestClient client) {
        return client.call("messaging", "listParticipants");
    }

    private static Call send(TestClient client, Object sender, Object dest, Object body) {
        Object params = Map.of("sender", sender, "dest", dest, "body", body);
        return client.call("messaging", "send", params);
    }

    @Test
    void a_message_goes_to_who_holds_the_name() {
        register(alice, "alice").replies(null);
        register(bob, "bob").replies(null);

        send(alice, "alice", "bob", json("{'a':[1.50]}")).replies(null);

        String text =
                bob.hears(
                                "messaging",
                                json(
                                        "{'type':'message','sender':'alice','dest':'bob','body':{'a':[1.50]}}"))
                        .text();
        assertThat(text).contains("[1.50]");
        bob.hearsNothingMore();
        alice.hearsNothingMore();
    }

    @Test
    void a_message_to_oneself_comes_before_the_response() {
        register(alice, "alice").replies(null);
        register(alice, "al").replies(null);

        Call call = send(alice, "alice", "al", "Hi");

        alice.hears(
                        "messaging",
                        json("{'type':'message','sender':'alice','dest':'al','body':'Hi'}"))
                .before(call);
        call.replies(null);
    }

    @Test
    void a_name_is_registered_once_by_the_caller_or_anybody() {
        register(alice, "alice").replies(null);

        register(alice, "alice").isRefused("Name already registered");
        register(bob, "alice").isRefused("Name already registered");
        register(bob, "Alice").replies(null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "null", "true", "['alice']", "{}", "'root'", "'rooted'"})
    void names_are_strings_that_the_function_allows(String text) {
        JsonNode name = json(text);

        register(alice, name).isRefused("Name not allowed");

        list(alice).replies(List.of());
        unregister(alice, name).isRefused("Unknown participant");
        send(alice, name, name, 1).isRefused("Invalid sender");
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
        TestClient carol = TestClient.connect(new Registry(strict)).as("carol");

        register(carol, "Carol").isRefused("Name not allowed");
        register(carol, "carol").replies(null);
    }

    @Test
    void only_the_holder_gives_a_name_back() {
        register(alice, "alice").replies(null);

        unregister(bob, "alice").isRefused("Invalid participant");
        unregister(bob, "nobody").isRefused("Unknown participant");
        unregister(alice, "alice").replies(null);
        unregister(alice, "alice").isRefused("Unknown participant");
        register(bob, "alice").replies(null);
    }

    @Test
    void the_sender_is_checked_before_the_destination() {
        register(alice, "alice").replies(null);

        send(bob, "alice", "nobody", 1).isRefused("Invalid sender");
        send(bob, "nobody", "alice", 1).isRefused("Invalid sender");
        send(alice, "alice", "nobody", 1).isRefused("Unknown destination");
        send(alice, "alice", 7, 1).isRefused("Unknown destination");
    }

    @Test
    void names_are_listed_by_code_point() {
        register(alice, "\uff5e").replies(null);
        register(alice, "\ud83d\ude00").replies(null);
        register(alice, "b").replies(null);
        register(bob, "B").replies(null);
        register(bob, "ba").replies(null);
        register(bob, "").replies(null);

        list(bob).replies(List.of("", "B", "b", "ba", "\uff5e", "\ud83d\ude00"));
    }

    @Test
    void who_goes_leaves_no_names_behind() {
        register(alice, "alice").replies(null);
        register(alice, "al").replies(null);
        register(bob, "bob").replies(null);
        unregister(alice, "al").replies(null);
        register(bob, "al").replies(null);

        alice.leaves();

        list(bob).replies(List.of("al", "bob"));
        send(bob, "bob", "alice", 1).isRefused("Unknown destination");
        register(bob, "alice").replies(null);
    }

    @Test
    void a_client_may_hold_a_bounded_number_of_names() {
        register(alice, "1").replies(null);
        register(alice, "2").replies(null);
        register(alice, "3").replies(null);

        register(alice, "4").isRefused("names: 3 (expected: at most 3)");
        unregister(alice, "1").replies(null);
        register(alice, "4").replies(null);
    }

    @Test
    void the_length_of_a_name_is_bounded() {
        register(alice, "0123456789").replies(null);
        register(alice, "0123456789x")
                .isRefused("name: 0123456789x (expected: at most 10 characters)");
    }

    @Test
    void one_who_cannot_be_sent_to_has_no_name() {
        register(TestClient.visit(registry), "alice")
                .isRefused("connection: a single request (expected: one that stays, as WebSocket)");
    }

    @Test
    void bounds_are_more_than_zero() {
        assertThatThrownBy(() -> MessagingOptions.DEFAULT.withNamesPerClient(0))
                .hasMessage("namesPerClient: 0 (expected: more than zero)");
    }
}
