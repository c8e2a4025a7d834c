package io.snorky.cursors;

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
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CursorsServiceTest {

    private static final CursorsOptions OPTIONS =
            CursorsOptions.DEFAULT.withLimits(new CursorsLimits(3, 20, 30, 300));

    private final Registry registry = new Registry(new CursorsService("cursors", OPTIONS));
    private final TestClient alice = connect(registry, "'alice'");
    private final TestClient bob = connect(registry, "'bob'");

    private static TestClient connect(Registry registry, String identity) {
        TestClient client = TestClient.connect(registry);
        become(client, identity);
        return client;
    }

    private static void become(TestClient client, String identity) {
        client.client().identify(JsonMapper.shared().readTree(identity.replace('\'', '"')));
    }

    private static String join(TestClient client, String document) {
        return client.asks("cursors", "join", "{'document':" + document + "}");
    }

    private static String leave(TestClient client, String document) {
        return client.asks("cursors", "leave", "{'document':" + document + "}");
    }

    private static String create(TestClient client, String handle, String document) {
        return create(client, handle, document, "12", "'read'");
    }

    private static String create(
            TestClient client, String handle, String document, String position, String status) {
        return client.asks(
                "cursors",
                "createCursor",
                "{'privateHandle':%s,'document':%s,'position':%s,'status':%s}"
                        .formatted(handle, document, position, status));
    }

    private static String update(TestClient client, String handle, String newData) {
        return client.asks(
                "cursors",
                "updateCursor",
                "{'privateHandle':%s,'newData':%s}".formatted(handle, newData));
    }

    private static String remove(TestClient client, String handle) {
        return client.asks("cursors", "removeCursor", "{'privateHandle':" + handle + "}");
    }

    private static String cursor(int handle, String position, String status, String owner) {
        return "{'publicHandle':%d,'document':'Sheet1','position':%s,'status':%s,'owner':%s}"
                .formatted(handle, position, status, owner);
    }

    private static String notice(String type, String cursor) {
        return "{'service':'cursors','message':{'type':'%s','cursor':%s}}".formatted(type, cursor);
    }

    private static String removed(int handle) {
        return notice("cursorRemoved", "{'publicHandle':%d,'document':'Sheet1'}".formatted(handle));
    }

    private static String joined(String cursors) {
        return response("cursors", "{'cursors':[" + cursors + "]}");
    }

    private static String ok() {
        return response("cursors", "null");
    }

    private static String handle(int handle) {
        return response("cursors", Integer.toString(handle));
    }

    private static String refusal(String text) {
        return error("cursors", text);
    }

    private void bothJoin() {
        join(alice, "'Sheet1'");
        join(bob, "'Sheet1'");
    }

    @Test
    void joining_needs_an_identity_and_happens_once() {
        assertThat(join(TestClient.connect(registry), "'Sheet1'"))
                .isEqualTo(refusal("Not authenticated"));
        assertThat(join(alice, "'Sheet1'")).isEqualTo(joined(""));
        assertThat(join(alice, "'Sheet1'")).isEqualTo(refusal("Already joined"));
        assertThat(leave(alice, "'Sheet1'")).isEqualTo(ok());
        assertThat(leave(alice, "'Sheet1'")).isEqualTo(refusal("Not joined"));
        assertThat(join(alice, "'Sheet1'")).isEqualTo(joined(""));
    }

    @Test
    void a_cursor_lives_and_all_others_in_the_document_are_told() {
        TestClient alicesPhone = connect(registry, "'alice'");
        bothJoin();
        join(alicesPhone, "'Sheet1'");

        assertThat(create(alice, "0", "'Sheet1'")).isEqualTo(handle(1));
        assertThat(update(alice, "0", "{'position':13}")).isEqualTo(ok());
        assertThat(update(alice, "0", "{'status':null,'other':1}")).isEqualTo(ok());
        assertThat(update(alice, "0", "{}")).isEqualTo(ok());
        assertThat(remove(alice, "0")).isEqualTo(ok());

        assertThat(bob.heard())
                .containsExactly(
                        notice("cursorAdded", cursor(1, "12", "'read'", "'alice'")),
                        notice("cursorUpdated", cursor(1, "13", "'read'", "'alice'")),
                        notice("cursorUpdated", cursor(1, "13", "null", "'alice'")),
                        notice("cursorUpdated", cursor(1, "13", "null", "'alice'")),
                        removed(1));
        assertThat(alicesPhone.heard()).hasSize(5);
        assertThat(alice.heard()).isEmpty();
    }

    @Test
    void who_joins_gets_all_cursors_there_are() {
        join(alice, "'Sheet1'");
        create(alice, "'a'", "'Sheet1'");
        create(alice, "'b'", "'Sheet1'", "[1.50]", "{}");
        update(alice, "'a'", "{'position':13}");

        assertThat(join(bob, "'Sheet1'"))
                .isEqualTo(
                        joined(
                                cursor(1, "13", "'read'", "'alice'")
                                        + ","
                                        + cursor(2, "[1.50]", "{}", "'alice'")));
        assertThat(bob.heard()).isEmpty();
    }

    @Test
    void a_private_handle_is_used_once_over_all_documents() {
        join(alice, "'Sheet1'");
        join(alice, "2");
        create(alice, "7", "'Sheet1'");

        assertThat(create(alice, "7", "3")).isEqualTo(refusal("Not joined"));
        assertThat(create(alice, "7.0", "2")).isEqualTo(refusal("Reused handle"));
        assertThat(create(alice, "'7'", "2")).isEqualTo(handle(1));
        remove(alice, "7");
        assertThat(create(alice, "7", "2")).isEqualTo(handle(2));
    }

    @Test
    void a_client_has_sixteen_cursors_over_all_documents() {
        join(alice, "1");
        join(alice, "2");
        for (int i = 0; i < 16; i++) {
            create(alice, Integer.toString(i), Integer.toString(1 + i % 2));
        }

        assertThat(create(alice, "0", "1")).isEqualTo(refusal("Reused handle"));
        assertThat(create(alice, "16", "1")).isEqualTo(refusal("Too many cursors"));
        leave(alice, "2");
        assertThat(create(alice, "16", "1")).isEqualTo(handle(9));
    }

    @Test
    void public_handles_are_unique_within_a_document() {
        bothJoin();

        assertThat(create(alice, "1", "'Sheet1'")).isEqualTo(handle(1));
        bob.heard();
        assertThat(create(bob, "1", "'Sheet1'")).isEqualTo(handle(2));
        alice.heard();
        remove(alice, "1");
        assertThat(create(alice, "1", "'Sheet1'")).isEqualTo(handle(3));
        bob.heard();
        assertThat(remove(bob, "1")).isEqualTo(ok());

        alice.heard();
        assertThat(join(connect(registry, "'carol'"), "'Sheet1'"))
                .isEqualTo(joined(cursor(3, "12", "'read'", "'alice'")));
    }

    @Test
    void public_handles_go_round() {
        join(alice, "'Sheet1'");
        create(alice, "'first'", "'Sheet1'");
        String last = "";
        for (int i = 0; i < CursorsLimits.PUBLIC_HANDLES - 1; i++) {
            last = create(alice, "0", "'Sheet1'");
            remove(alice, "0");
        }

        assertThat(last).isEqualTo(handle(0));
        assertThat(create(alice, "0", "'Sheet1'")).isEqualTo(handle(2));
    }

    @Test
    void there_is_no_such_cursor() {
        bothJoin();
        create(alice, "1", "'Sheet1'");
        bob.heard();

        assertThat(update(bob, "1", "{}")).isEqualTo(refusal("No such cursor"));
        assertThat(remove(bob, "1")).isEqualTo(refusal("No such cursor"));
        assertThat(update(TestClient.connect(registry), "1", "{}"))
                .isEqualTo(refusal("No such cursor"));
        assertThat(alice.heard()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "null", "'position'", "['position']", "true"})
    void new_data_are_an_object(String newData) {
        bothJoin();
        create(alice, "1", "'Sheet1'");
        bob.heard();

        assertThat(update(alice, "1", newData)).isEqualTo(refusal("Invalid params"));
        assertThat(update(alice, "2", newData)).isEqualTo(refusal("No such cursor"));
        assertThat(bob.heard()).isEmpty();
    }

    @Test
    void leaving_removes_the_cursors_of_that_document_only() {
        bothJoin();
        join(alice, "2");
        create(alice, "1", "'Sheet1'");
        create(alice, "2", "2");
        bob.heard();

        leave(alice, "'Sheet1'");

        assertThat(bob.heard()).containsExactly(removed(1));
        assertThat(update(alice, "1", "{}")).isEqualTo(refusal("No such cursor"));
        assertThat(update(alice, "2", "{}")).isEqualTo(ok());
        create(bob, "1", "'Sheet1'");
        assertThat(alice.heard()).isEmpty();
    }

    @Test
    void going_removes_all_cursors() {
        bothJoin();
        create(alice, "1", "'Sheet1'");
        create(alice, "2", "'Sheet1'");
        bob.heard();

        alice.leaves();

        assertThat(bob.heard()).containsExactly(removed(1), removed(2));
        create(bob, "1", "'Sheet1'");
        assertThat(alice.heard()).isEmpty();
    }

    @Test
    void the_owner_is_who_joined() {
        bothJoin();
        become(alice, "null");

        create(alice, "1", "'Sheet1'");
        leave(alice, "'Sheet1'");

        assertThat(bob.heard())
                .containsExactly(
                        notice("cursorAdded", cursor(1, "12", "'read'", "'alice'")), removed(1));
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
    void documents_are_compared_by_value(String one, String other, boolean same) {
        join(alice, one);
        join(bob, other);

        create(alice, "1", one);

        assertThat(bob.heard()).hasSize(same ? 1 : 0);
    }

    @Test
    void functions_say_who_may_join_and_how_many_cursors_there_may_be() {
        var cursors =
                new CursorsService(
                        "cursors",
                        CursorsOptions.DEFAULT
                                .withAuthenticated(client -> true)
                                .withCanJoin((client, document) -> document.isString())
                                .withMaxCursors(client -> 1));
        TestClient nobody = TestClient.connect(new Registry(cursors));

        assertThat(join(nobody, "7")).isEqualTo(refusal("Not authorized"));
        assertThat(join(nobody, "'Sheet1'")).isEqualTo(joined(""));
        assertThat(create(nobody, "1", "'Sheet1'")).isEqualTo(handle(1));
        assertThat(create(nobody, "2", "'Sheet1'")).isEqualTo(refusal("Too many cursors"));
    }

    @Test
    void so_do_overriding_methods() {
        var cursors =
                new CursorsService("cursors") {
                    @Override
                    protected boolean canJoin(Client client, JsonNode document) {
                        return !document.isNull();
                    }

                    @Override
                    protected int maxCursors(Client client) {
                        return 0;
                    }
                };
        TestClient carol = connect(new Registry(cursors), "'carol'");

        assertThat(join(carol, "null")).isEqualTo(refusal("Not authorized"));
        join(carol, "'Sheet1'");
        assertThat(create(carol, "1", "'Sheet1'")).isEqualTo(refusal("Too many cursors"));
    }

    @Test
    void a_client_may_join_a_bounded_number_of_documents() {
        join(alice, "1");
        join(alice, "2");
        join(alice, "3");

        assertThat(join(alice, "4")).isEqualTo(refusal("documents: 3 (expected: at most 3)"));
        leave(alice, "1");
        assertThat(join(alice, "4")).isEqualTo(joined(""));
    }

    @Test
    void a_document_has_a_bounded_number_of_cursors() {
        bothJoin();
        for (int i = 0; i < 10; i++) {
            create(alice, Integer.toString(i), "'Sheet1'");
        }
        bob.heard();
        for (int i = 0; i < 10; i++) {
            create(bob, Integer.toString(i), "'Sheet1'");
        }

        assertThat(create(bob, "10", "'Sheet1'"))
                .isEqualTo(refusal("cursors: 20 (expected: at most 20 a document)"));
    }

    @Test
    void names_handles_and_cursors_are_bounded_in_length() {
        String tooLong = "'" + "x".repeat(40) + "'";
        String wide = "'" + "x".repeat(300) + "'";
        bothJoin();
        create(alice, "1", "'Sheet1'");
        bob.heard();

        assertThat(join(alice, tooLong)).contains("(expected: at most 30 characters)");
        assertThat(create(alice, tooLong, "'Sheet1'"))
                .contains("privateHandle: ", "(expected: at most 30 characters)");
        assertThat(create(alice, "2", "'Sheet1'", wide, "1"))
                .contains("cursor: ", "(expected: at most 300 bytes)");
        assertThat(update(alice, "1", "{'status':" + wide + "}"))
                .contains("(expected: at most 300 bytes)");
        assertThat(bob.heard()).isEmpty();
        assertThat(join(connect(registry, "'carol'"), "'Sheet1'"))
                .isEqualTo(joined(cursor(1, "12", "'read'", "'alice'")));
    }

    @Test
    void one_who_cannot_be_sent_to_cannot_join() {
        TestClient visitor = TestClient.visit(registry);
        become(visitor, "'alice'");

        assertThat(join(visitor, "'Sheet1'"))
                .isEqualTo(
                        refusal(
                                "connection: a single request (expected: one that stays, as"
                                        + " WebSocket)"));
    }

    @Test
    void bounds_are_more_than_zero() {
        assertThatThrownBy(() -> new CursorsLimits(1, 65_537, 1, 1))
                .hasMessage("cursorsPerDocument: 65537 (expected: 1 to 65536)");
    }
}
