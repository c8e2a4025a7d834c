package io.snorky.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

/** Protocol, section 6. */
class MessagingTest {

    @RegisterExtension static final Conformance SERVER = new Conformance();

    private final List<Peer> peers = new ArrayList<>();
    private Peer alice;
    private Peer bob;

    @BeforeEach
    void connect() {
        alice = newPeer();
        bob = newPeer();
    }

    private Peer newPeer() {
        Peer peer = SERVER.connect();
        peers.add(peer);
        return peer;
    }

    /** The next test must not find a name that this one has left. */
    @AfterEach
    void namesAreFree() {
        peers.forEach(Peer::close);
        try (Peer observer = SERVER.connect()) {
            String none =
                    Json.of("{'service':'messaging','message':{'type':'response','data':[]}}");
            String names;
            do {
                observer.says(Json.call("messaging.listParticipants", "{}"));
                names = observer.next();
            } while (!names.equals(none));
        }
    }

    private static String named(String name) {
        return "{'name':" + name + "}";
    }

    private static String message(String sender, String dest, String body) {
        return "{'sender':%s,'dest':%s,'body':%s}".formatted(sender, dest, body);
    }

    private static String notification(String sender, String dest, String body) {
        return "{'service':'messaging','message':{'type':'message','sender':%s,'dest':%s,'body':%s}}"
                .formatted(sender, dest, body);
    }

    private static void registers(Peer peer, String name) {
        peer.does("messaging.registerParticipant", named(name));
    }

    private static void listsParticipants(Peer peer, String names) {
        peer.calls("messaging.listParticipants", "{}");
        peer.hearsReply("messaging.listParticipants", "[" + names + "]");
    }

    private void bothRegister() {
        registers(alice, "'alice'");
        registers(bob, "'bob'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{'a':[1.50]}", "'Hi'", "1e400", "false"})
    void a_message_goes_from_name_to_name(String body) {
        bothRegister();

        alice.does("messaging.send", message("'alice'", "'bob'", body));

        bob.hears(notification("'alice'", "'bob'", body));
        bob.hearsNothing();
        alice.hearsNothing();
    }

    @Test
    void one_to_oneself_comes_before_the_response() {
        registers(alice, "'alice'");
        registers(alice, "'al'");

        alice.calls("messaging.send", message("'alice'", "'al'", "1"));

        alice.hears(notification("'alice'", "'al'", "1"));
        alice.hearsReply("messaging.send", "null");
        alice.hearsNothing();
    }

    @Test
    void messages_do_not_overtake_each_other() {
        bothRegister();
        for (int i = 0; i < 500; i++) {
            alice.calls("messaging.send", message("'alice'", "'bob'", Integer.toString(i)));
        }
        for (int i = 0; i < 500; i++) {
            bob.hears(notification("'alice'", "'bob'", Integer.toString(i)));
        }
    }

    @Test
    void a_name_is_held_once_which_is_looked_at_first() {
        bothRegister();

        bob.isRefused("messaging.registerParticipant", named("'alice'"), "Name already registered");
        alice.isRefused(
                "messaging.registerParticipant", named("'alice'"), "Name already registered");
        registers(alice, "'Alice'");
    }

    /** Defect 18. */
    @ParameterizedTest
    @ValueSource(strings = {"7", "null", "true", "['alice']", "{}", "'root'", "'rooted'"})
    void names_are_strings_not_starting_with_root(String name) {
        alice.isRefused("messaging.registerParticipant", named(name), "Name not allowed");

        alice.isRefused("messaging.unregisterParticipant", named(name), "Unknown participant");
        alice.isRefused("messaging.send", message(name, name, "1"), "Invalid sender");
        listsParticipants(alice, "");
    }

    @Test
    void names_are_listed_by_code_point() {
        for (String name : new String[] {"'\uff5e'", "'\ud83d\ude00'", "'b'", "'Root'"}) {
            registers(alice, name);
        }
        registers(bob, "'ba'");
        registers(bob, "''");

        listsParticipants(bob, "'','Root','b','ba','\uff5e','\ud83d\ude00'");
    }

    @Test
    void only_the_holder_gives_a_name_back() {
        registers(alice, "'alice'");

        bob.isRefused("messaging.unregisterParticipant", named("'x'"), "Unknown participant");
        bob.isRefused("messaging.unregisterParticipant", named("'alice'"), "Invalid participant");
        alice.does("messaging.unregisterParticipant", named("'alice'"));
        alice.isRefused("messaging.unregisterParticipant", named("'alice'"), "Unknown participant");
        registers(bob, "'alice'");
    }

    @Test
    void senders_are_checked_before_destinations() {
        bothRegister();

        bob.isRefused("messaging.send", message("'alice'", "'x'", "1"), "Invalid sender");
        bob.isRefused("messaging.send", message("'x'", "'alice'", "1"), "Invalid sender");
        bob.isRefused("messaging.send", message("'bob'", "'x'", "1"), "Unknown destination");
        bob.isRefused("messaging.send", message("'bob'", "7", "1"), "Unknown destination");
        alice.hearsNothing();
    }

    @Test
    void who_is_lost_leaves_no_names_behind() {
        bothRegister();
        registers(alice, "'al'");
        Peer carol = newPeer();
        carol.does("auth.login", "{'name':'carol'}");
        carol.calls("chat.join", "{'channel':'messaging'}");
        carol.next();
        alice.does("auth.login", "{'name':'alice'}");
        alice.calls("chat.join", "{'channel':'messaging'}");
        alice.next();
        carol.next();

        alice.isLost();
        assertThat(carol.next()).contains("\"left\"");

        bob.isRefused("messaging.send", message("'bob'", "'al'", "1"), "Unknown destination");
        registers(bob, "'alice'");
        listsParticipants(bob, "'alice','bob'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"registerParticipant", "unregisterParticipant", "listParticipants", "send"})
    void params_must_fit(String command) {
        for (String params : new String[] {"[]", "{'x':1}", "{'name':'a','x':1}"}) {
            alice.isRefused("messaging." + command, params, "Invalid params");
        }
    }

    /** Defect 32. */
    @Test
    void a_hundred_names_are_enough_for_a_client() {
        for (int i = 0; i < 100; i++) {
            registers(alice, "'" + i + "'");
        }
        alice.calls("messaging.registerParticipant", named("'100'"));
        assertThat(alice.next()).contains("\"type\":\"error\"", "100");

        alice.does("messaging.unregisterParticipant", named("'0'"));
        registers(alice, "'100'");
    }

    /** Defect 32. */
    @Test
    void a_name_has_a_bound() {
        alice.calls("messaging.registerParticipant", named("'" + "x".repeat(100_000) + "'"));

        assertThat(alice.next()).contains("\"type\":\"error\"").hasSizeLessThan(500);
    }
}
