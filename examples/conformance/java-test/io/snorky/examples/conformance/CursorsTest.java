package io.snorky.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.json.JsonMapper;

import java.util.HashSet;
import java.util.Set;

/** Protocol, section 7. Each test has a document of its own. */
class CursorsTest {

    @RegisterExtension static final Conformance SERVER = new Conformance();

    @AutoClose private Peer alice;
    @AutoClose private Peer alicesPhone;
    @AutoClose private Peer bob;

    @BeforeEach
    void connect() {
        alice = login("'alice'");
        alicesPhone = login("'alice'");
        bob = login("'bob'");
    }

    private static Peer login(String name) {
        return SERVER.connect().does("auth.login", "{'name':" + name + "}");
    }

    private static void joins(Peer peer, String document) {
        joins(peer, document, "");
    }

    private static void joins(Peer peer, String document, String cursors) {
        peer.calls("cursors.join", "{'document':" + document + "}");
        peer.hearsReply("cursors.join", "{'cursors':[" + cursors + "]}");
    }

    private static String creation(String handle, String document) {
        return "{'privateHandle':%s,'document':%s,'position':12,'status':'read'}"
                .formatted(handle, document);
    }

    private static int creates(Peer peer, String handle, String document) {
        peer.calls("cursors.createCursor", creation(handle, document));
        int publicHandle = JsonMapper.shared().readTree(peer.next()).at("/message/data").intValue();
        assertThat(publicHandle).isBetween(0, 65_535);
        return publicHandle;
    }

    private static String update(String handle, String newData) {
        return "{'privateHandle':%s,'newData':%s}".formatted(handle, newData);
    }

    private static String cursor(
            int handle, String document, String position, String status, String owner) {
        return "{'publicHandle':%d,'document':%s,'position':%s,'status':%s,'owner':%s}"
                .formatted(handle, document, position, status, owner);
    }

    private static void hears(Peer peer, String type, String cursor) {
        peer.hears(
                "{'service':'cursors','message':{'type':'%s','cursor':%s}}"
                        .formatted(type, cursor));
    }

    private static void hearsRemoved(Peer peer, int handle, String document) {
        hears(
                peer,
                "cursorRemoved",
                "{'publicHandle':%d,'document':%s}".formatted(handle, document));
    }

    @Test
    void a_cursor_lives_and_all_other_connections_are_told() {
        joins(alice, "'life'");
        joins(bob, "'life'");
        joins(alicesPhone, "'life'");

        int handle = creates(alice, "0", "'life'");
        alice.does("cursors.updateCursor", update("0", "{'position':[13.50]}"));
        alice.does("cursors.updateCursor", update("0", "{'status':null,'other':1}"));
        alice.does("cursors.updateCursor", update("0", "{}"));
        alice.does("cursors.removeCursor", "{'privateHandle':0}");

        for (Peer other : new Peer[] {bob, alicesPhone}) {
            hears(other, "cursorAdded", cursor(handle, "'life'", "12", "'read'", "'alice'"));
            hears(other, "cursorUpdated", cursor(handle, "'life'", "[13.50]", "'read'", "'alice'"));
            hears(other, "cursorUpdated", cursor(handle, "'life'", "[13.50]", "null", "'alice'"));
            hears(other, "cursorUpdated", cursor(handle, "'life'", "[13.50]", "null", "'alice'"));
            hearsRemoved(other, handle, "'life'");
            other.hearsNothing();
        }
        alice.hearsNothing();
    }

    @Test
    void who_joins_gets_all_cursors_as_they_are_and_then_what_becomes_of_them() {
        joins(alice, "'late'");
        int handle = creates(alice, "'a'", "'late'");
        alice.does("cursors.updateCursor", update("'a'", "{'position':13}"));

        joins(bob, "'late'", cursor(handle, "'late'", "13", "'read'", "'alice'"));
        alice.does("cursors.removeCursor", "{'privateHandle':'a'}");

        hearsRemoved(bob, handle, "'late'");
    }

    @Test
    void leaving_removes_the_cursors_of_that_document_only() {
        joins(alice, "'leaving'");
        joins(bob, "'leaving'");
        joins(alice, "'staying'");
        int handle = creates(alice, "1", "'leaving'");
        creates(alice, "2", "'staying'");
        hears(bob, "cursorAdded", cursor(handle, "'leaving'", "12", "'read'", "'alice'"));

        alice.does("cursors.leave", "{'document':'leaving'}");

        hearsRemoved(bob, handle, "'leaving'");
        alice.isRefused("cursors.updateCursor", update("1", "{}"), "No such cursor");
        alice.does("cursors.updateCursor", update("2", "{}"));
        creates(bob, "1", "'leaving'");
        alice.hearsNothing();
    }

    @Test
    void cursors_go_with_who_is_lost() {
        joins(alice, "'lost'");
        joins(bob, "'lost'");
        Set<Integer> handles = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            int handle = creates(alice, Integer.toString(i), "'lost'");
            handles.add(handle);
            hears(bob, "cursorAdded", cursor(handle, "'lost'", "12", "'read'", "'alice'"));
        }

        alice.isLost();

        for (int i = 0; i < 2; i++) {
            String removal = bob.next();
            assertThat(removal).contains("\"cursorRemoved\"");
            int handle =
                    JsonMapper.shared()
                            .readTree(removal)
                            .at("/message/cursor/publicHandle")
                            .intValue();
            assertThat(handles.remove(handle)).isTrue();
        }
        joins(alicesPhone, "'lost'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{'sheet':[1.50]}", "false", "1e400"})
    void documents_and_handles_are_any_values(String value) {
        joins(alice, value);
        joins(bob, value);

        int handle = creates(alice, value, value);

        hears(bob, "cursorAdded", cursor(handle, value, "12", "'read'", "'alice'"));
        alice.does("cursors.removeCursor", "{'privateHandle':" + value + "}");
        hearsRemoved(bob, handle, value);
        alice.does("cursors.leave", "{'document':" + value + "}");
        bob.does("cursors.leave", "{'document':" + value + "}");
    }

    @Test
    void a_private_handle_is_used_once_over_all_documents_and_compared_by_value() {
        joins(alice, "'handles'");
        joins(alice, "'more handles'");
        creates(alice, "1", "'handles'");

        alice.isRefused("cursors.createCursor", creation("1.0", "'handles'"), "Reused handle");
        alice.isRefused("cursors.createCursor", creation("1", "'more handles'"), "Reused handle");
        creates(alice, "true", "'more handles'");
        creates(alice, "'1'", "'more handles'");
        alice.does("cursors.removeCursor", "{'privateHandle':1}");
        creates(alice, "1", "'more handles'");
    }

    @Test
    void a_client_has_sixteen_cursors_over_all_documents() {
        joins(alice, "'sixteen'");
        joins(alice, "'more of sixteen'");
        for (int i = 0; i < 16; i++) {
            creates(alice, Integer.toString(i), i % 2 == 0 ? "'sixteen'" : "'more of sixteen'");
        }

        alice.isRefused("cursors.createCursor", creation("0", "'sixteen'"), "Reused handle");
        alice.isRefused("cursors.createCursor", creation("16", "'sixteen'"), "Too many cursors");
        alice.does("cursors.removeCursor", "{'privateHandle':3}");
        creates(alice, "16", "'sixteen'");
    }

    /** Defect 20. */
    @Test
    void public_handles_are_unique_within_a_document() {
        joins(alice, "'unique'");
        joins(bob, "'unique'");
        int alices = creates(alice, "0", "'unique'");
        hears(bob, "cursorAdded", cursor(alices, "'unique'", "12", "'read'", "'alice'"));
        int bobs = creates(bob, "0", "'unique'");
        hears(alice, "cursorAdded", cursor(bobs, "'unique'", "12", "'read'", "'bob'"));

        assertThat(alices).isNotEqualTo(bobs);
        alice.does("cursors.removeCursor", "{'privateHandle':0}");
        hearsRemoved(bob, alices, "'unique'");
        bob.does("auth.login", "{'name':'robert'}");
        joins(alicesPhone, "'unique'", cursor(bobs, "'unique'", "12", "'read'", "'bob'"));
    }

    @Test
    void errors_come_in_order() {
        try (Peer nobody = SERVER.connect()) {
            nobody.isRefused("cursors.join", "{'document':'errors'}", "Not authenticated");
        }
        alice.isRefused("cursors.createCursor", creation("0", "'errors'"), "Not joined");
        alice.isRefused("cursors.leave", "{'document':'errors'}", "Not joined");
        joins(alice, "'errors'");
        alice.isRefused("cursors.join", "{'document':'errors'}", "Already joined");
        creates(alice, "0", "'errors'");
        bob.isRefused("cursors.updateCursor", update("0", "{}"), "No such cursor");
        bob.isRefused("cursors.removeCursor", "{'privateHandle':0}", "No such cursor");
    }

    /** Defect 21. */
    @ParameterizedTest
    @ValueSource(strings = {"7", "'position'", "null", "['position']", "true"})
    void new_data_must_be_an_object(String newData) {
        joins(alice, "'data'");
        creates(alice, "0", "'data'");

        alice.isRefused("cursors.updateCursor", update("0", newData), "Invalid params");
        alice.isRefused("cursors.updateCursor", update("1", newData), "No such cursor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"join", "leave", "createCursor", "updateCursor", "removeCursor"})
    void params_must_fit(String command) {
        for (String params : new String[] {"[]", "{}", "{'document':1,'x':1}"}) {
            alice.isRefused("cursors." + command, params, "Invalid params");
        }
    }

    /** Defect 13. */
    @Test
    void members_that_vanish_disturb_neither_owner_nor_others() {
        joins(alice, "'crowd'");
        joins(bob, "'crowd'");
        int handle = creates(alice, "0", "'crowd'");
        hears(bob, "cursorAdded", cursor(handle, "'crowd'", "12", "'read'", "'alice'"));
        for (int i = 0; i < 20; i++) {
            Peer vanishing = login("'carol'");
            vanishing.calls("cursors.join", "{'document':'crowd'}");
            vanishing.next();
            vanishing.isLost();

            alice.does("cursors.updateCursor", update("0", "{'position':" + i + "}"));
        }

        for (int i = 0; i < 20; i++) {
            String position = Integer.toString(i);
            hears(bob, "cursorUpdated", cursor(handle, "'crowd'", position, "'read'", "'alice'"));
        }
    }

    /** Defect 32. */
    @Test
    void a_thousand_documents_are_enough_for_a_client() {
        for (int i = 0; i < 1000; i++) {
            joins(alice, "['many'," + i + "]");
        }
        alice.calls("cursors.join", "{'document':['many',1000]}");
        assertThat(alice.next()).contains("\"type\":\"error\"", "1000");

        alice.does("cursors.leave", "{'document':['many',0]}");
        joins(alice, "['many',1000]");
    }

    /** Defect 32. */
    @Test
    void what_others_are_sent_has_a_bound() {
        String wide = "'" + "x".repeat(100_000) + "'";
        joins(alice, "'wide'");
        creates(alice, "0", "'wide'");
        alice.calls("cursors.updateCursor", update("0", "{'status':" + wide + "}"));
        assertThat(alice.next()).contains("\"type\":\"error\"").hasSizeLessThan(500);
        alice.calls("cursors.join", "{'document':" + wide + "}");
        assertThat(alice.next()).contains("\"type\":\"error\"").hasSizeLessThan(500);
    }
}
