package io.snorky.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocol, section 5. Each test talks in a channel of its own. */
class ChatTest {

    @RegisterExtension static final Conformance SERVER = new Conformance();

    @AutoClose private Peer alice;
    @AutoClose private Peer bob;
    @AutoClose private Peer bobsPhone;

    @BeforeEach
    void connect() {
        alice = login("'alice'");
        bob = login("'bob'");
        bobsPhone = login("'bob'");
    }

    private static Peer login(String name) {
        return SERVER.connect().does("auth.login", "{'name':" + name + "}");
    }

    private static String in(String channel) {
        return "{'channel':" + channel + "}";
    }

    private static String saying(String channel, String body) {
        return "{'channel':%s,'body':%s}".formatted(channel, body);
    }

    private static void joins(Peer peer, String channel, String members) {
        peer.calls("chat.join", in(channel));
        peer.hearsReply("chat.join", "{'members':[" + members + "]}");
    }

    /** Alice, then Bob twice. */
    private void allJoin(String channel) {
        joins(alice, channel, "'alice'");
        joins(bob, channel, "'alice','bob'");
        joins(bobsPhone, channel, "'alice','bob'");
        hearsPresence(alice, "'bob'", channel, "joined");
    }

    private static void hearsPresence(Peer peer, String from, String channel, String status) {
        peer.hearsStamped(
                "{'service':'chat','message':{'type':'presence','from':%s,'channel':%s,'status':'%s'}}"
                        .formatted(from, channel, status));
    }

    private static void hearsMessage(Peer peer, String from, String channel, String body) {
        peer.hearsStamped(
                "{'service':'chat','message':{'type':'message','from':%s,'channel':%s,'body':%s}}"
                        .formatted(from, channel, body));
    }

    private static void hearsRead(Peer peer, String channel) {
        peer.hearsStamped("{'service':'chat','message':{'type':'read','channel':" + channel + "}}");
    }

    @Test
    void presence_is_told_of_the_first_connection_of_an_identity_and_of_the_last() {
        allJoin("'presence'");
        bob.hearsNothing();
        bobsPhone.hearsNothing();

        bob.does("chat.leave", in("'presence'"));
        alice.hearsNothing();
        bobsPhone.does("chat.leave", in("'presence'"));

        hearsPresence(alice, "'bob'", "'presence'", "left");
        bob.hearsNothing();
        bobsPhone.hearsNothing();
    }

    @Test
    void who_is_lost_has_left_all_channels() {
        allJoin("'lost'");
        joins(alice, "'lost too'", "'alice'");
        joins(bob, "'lost too'", "'alice','bob'");
        hearsPresence(alice, "'bob'", "'lost too'", "joined");

        bob.isLost();
        hearsPresence(alice, "'bob'", "'lost too'", "left");
        alice.hearsNothing();
        bobsPhone.isLost();

        hearsPresence(alice, "'bob'", "'lost'", "left");
        joins(login("'carol'"), "'lost'", "'alice','carol'");
    }

    @Test
    void who_says_goodbye_has_left_too() {
        joins(alice, "'goodbye'", "'alice'");
        try (Peer carol = login("'carol'")) {
            joins(carol, "'goodbye'", "'alice','carol'");
            hearsPresence(alice, "'carol'", "'goodbye'", "joined");
        }

        hearsPresence(alice, "'carol'", "'goodbye'", "left");
    }

    @Test
    void a_message_goes_to_every_connection_the_senders_before_its_response() {
        allJoin("'talk'");

        bob.calls("chat.send", saying("'talk'", "'Hi'"));

        hearsMessage(bob, "'bob'", "'talk'", "'Hi'");
        bob.hearsReply("chat.send", "null");
        hearsMessage(bobsPhone, "'bob'", "'talk'", "'Hi'");
        hearsMessage(alice, "'bob'", "'talk'", "'Hi'");
        alice.hearsNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "false", "[1.50]", "{'a':{'b':null}}", "1e400", "''"})
    void channels_identities_and_bodies_are_any_values(String value) {
        String identity = value.equals("null") ? "0" : value;
        try (Peer carol = login(identity)) {
            joins(carol, value, identity);

            carol.calls("chat.send", saying(value, value));

            hearsMessage(carol, identity, value, value);
            carol.hearsReply("chat.send", "null");
            carol.does("chat.leave", in(value));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "41 | 41.0",
                "{'x':1,'y':[]} | {'y':[],'x':1}",
            })
    void channels_and_identities_are_compared_by_value(String one, String other) {
        try (Peer carol = login(one);
                Peer carolsPhone = login(other)) {
            joins(carol, one, one);
            joins(carolsPhone, other, one);
            carol.hearsNothing();
        }
    }

    @Test
    void true_is_not_1() {
        joins(alice, "[1]", "'alice'");
        joins(bob, "[true]", "'bob'");
        alice.does("auth.login", "{'name':1}");
        bob.does("auth.login", "{'name':true}");
        joins(alice, "'booleans'", "1");
        joins(bob, "'booleans'", "1,true");
    }

    @Test
    void what_is_read_is_told_to_the_other_connections_of_the_identity() {
        allJoin("'read'");

        bob.does("chat.read", in("'read'"));

        hearsRead(bobsPhone, "'read'");
        bob.hearsNothing();
        alice.hearsNothing();
    }

    @Test
    void reading_is_no_error_for_anybody() {
        joins(bob, "'reading'", "'bob'");
        try (Peer nobody = SERVER.connect()) {
            nobody.does("chat.read", in("'reading'"));
        }
        alice.does("chat.read", in("'reading'"));
        alice.does("chat.read", in("'nobody is here'"));
        bob.hearsNothing();
    }

    @Test
    void errors_come_in_order() {
        try (Peer nobody = SERVER.connect()) {
            nobody.isRefused("chat.join", in("'errors'"), "Not authenticated");
            nobody.isRefused("chat.leave", in("'errors'"), "Not joined");
        }
        alice.isRefused("chat.leave", in("'errors'"), "Not joined");
        alice.isRefused("chat.send", saying("'errors'", "1"), "Not joined");
        joins(alice, "'errors'", "'alice'");
        bob.isRefused("chat.send", saying("'errors'", "1"), "Not joined");
        alice.isRefused("chat.join", in("'errors'"), "Already joined");
        alice.does("auth.login", "{'name':null}");
        alice.isRefused("chat.join", in("'errors'"), "Not authenticated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"join", "leave", "send", "read"})
    void params_must_fit(String command) {
        for (String params : new String[] {"{}", "{'body':1}", "{'channel':1,'x':1}", "[]"}) {
            alice.isRefused("chat." + command, params, "Invalid params");
        }
    }

    /** Defect 19. */
    @Test
    void the_identity_at_join_time_counts() {
        allJoin("'names'");
        bob.does("auth.login", "{'name':'robert'}");

        bob.calls("chat.send", saying("'names'", "1"));
        hearsMessage(bob, "'bob'", "'names'", "1");
        bob.hearsReply("chat.send", "null");
        hearsMessage(alice, "'bob'", "'names'", "1");
        hearsMessage(bobsPhone, "'bob'", "'names'", "1");
        bob.does("chat.read", in("'names'"));
        hearsRead(bobsPhone, "'names'");
        joins(login("'carol'"), "'names'", "'alice','bob','carol'");
        for (Peer peer : new Peer[] {alice, bob, bobsPhone}) {
            hearsPresence(peer, "'carol'", "'names'", "joined");
        }

        bobsPhone.does("chat.leave", in("'names'"));
        alice.hearsNothing();
        bob.does("chat.leave", in("'names'"));
        hearsPresence(alice, "'bob'", "'names'", "left");
    }

    /** Defects 14 and 19. */
    @Test
    void a_changed_identity_keeps_nobody_from_being_cleared_away() {
        joins(alice, "'ghosts'", "'alice'");
        Peer carol = login("'carol'");
        joins(carol, "'ghosts'", "'alice','carol'");
        hearsPresence(alice, "'carol'", "'ghosts'", "joined");
        carol.calls("cursors.join", "{'document':'ghosts'}");
        carol.hearsReply("cursors.join", "{'cursors':[]}");
        carol.does("messaging.registerParticipant", "{'name':'ghost'}");
        carol.does("pubsub.subscribe", "{'channel':'ghosts'}");
        carol.does("auth.login", "{'name':null}");

        carol.isLost();

        hearsPresence(alice, "'carol'", "'ghosts'", "left");
        joins(bob, "'ghosts'", "'alice','bob'");
        hearsPresence(alice, "'bob'", "'ghosts'", "joined");
        bob.does("pubsub.publish", "{'channel':'ghosts','message':1}");
        bob.does("messaging.registerParticipant", "{'name':'ghost'}");
        bob.does("messaging.unregisterParticipant", "{'name':'ghost'}");
    }

    /** Defect 13. */
    @Test
    void members_that_vanish_disturb_neither_sender_nor_others() {
        joins(alice, "'crowd'", "'alice'");
        joins(bob, "'crowd'", "'alice','bob'");
        hearsPresence(alice, "'bob'", "'crowd'", "joined");
        for (int i = 0; i < 20; i++) {
            Peer vanishing = login("'bob'");
            joins(vanishing, "'crowd'", "'alice','bob'");
            vanishing.isLost();

            alice.calls("chat.send", saying("'crowd'", Integer.toString(i)));
            hearsMessage(alice, "'alice'", "'crowd'", Integer.toString(i));
            alice.hearsReply("chat.send", "null");
        }

        for (int i = 0; i < 20; i++) {
            hearsMessage(bob, "'alice'", "'crowd'", Integer.toString(i));
        }
    }

    /** Defect 32. */
    @Test
    void a_thousand_channels_are_enough_for_a_client() {
        for (int i = 0; i < 1000; i++) {
            joins(alice, "['many'," + i + "]", "'alice'");
        }
        alice.calls("chat.join", in("['many',1000]"));
        assertThat(alice.next()).contains("\"type\":\"error\"", "1000");

        alice.does("chat.leave", in("['many',0]"));
        joins(alice, "['many',1000]", "'alice'");
    }

    /** Defect 32. */
    @Test
    void the_name_of_a_channel_has_a_bound() {
        alice.calls("chat.join", in("'" + "x".repeat(100_000) + "'"));

        assertThat(alice.next()).contains("\"type\":\"error\"").hasSizeLessThan(500);
    }
}
