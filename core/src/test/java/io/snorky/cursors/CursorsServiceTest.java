package io.snorky.cursors;

import static io.snorky.testkit.Json.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.Client;
import io.snorky.Registry;
import io.snorky.testkit.Call;
import io.snorky.testkit.TestClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

class CursorsServiceTest {

    private static final String SHEET = "Sheet1";
    private static final CursorsOptions OPTIONS =
            CursorsOptions.DEFAULT.withLimits(new CursorsLimits(3, 20, 30, 300));

    private final Registry registry = new Registry(new CursorsService("cursors", OPTIONS));
    private final TestClient alice = TestClient.connect(registry).as("alice");
    private final TestClient bob = TestClient.connect(registry).as("bob");

    private static Call join(TestClient client, Object document) {
        return client.call("cursors", "join", Map.of("document", document));
    }

    private static Call leave(TestClient client, Object document) {
        return client.call("cursors", "leave", Map.of("document", document));
    }

    private static Call create(TestClient client, Object handle, Object document) {
        return create(client, handle, document, 12, "read");
    }

    private static Call create(
            TestClient client, Object handle, Object document, Object position, Object status) {
        return client.call(
                "cursors",
                "createCursor",
                Map.of(
                        "privateHandle",
                        handle,
                        "document",
                        document,
                        "position",
                        position,
                        "status",
                        status));
    }

    private static Call update(TestClient client, Object handle, String newData) {
        Object params = Map.of("privateHandle", handle, "newData", json(newData));
        return client.call("cursors", "updateCursor", params);
    }

    private static Call remove(TestClient client, Object handle) {
        return client.call("cursors", "removeCursor", Map.of("privateHandle", handle));
    }

    private static JsonNode cursor(int handle, String position, String status, String owner) {
        return json(
                "{'publicHandle':%d,'document':'Sheet1','position':%s,'status':%s,'owner':'%s'}"
                        .formatted(handle, position, status, owner));
    }

    private static Object added(JsonNode cursor) {
        return Map.of("type", "cursorAdded", "cursor", cursor);
    }

    private static Object updated(JsonNode cursor) {
        return Map.of("type", "cursorUpdated", "cursor", cursor);
    }

    private static Object removed(int handle) {
        return json(
                "{'type':'cursorRemoved','cursor':{'publicHandle':%d,'document':'Sheet1'}}"
                        .formatted(handle));
    }

    private static Object cursors(JsonNode... cursors) {
        return Map.of("cursors", List.of(cursors));
    }

    private void bothJoin() {
        join(alice, SHEET).replies(cursors());
        join(bob, SHEET).replies(cursors());
    }

    /** Alice makes a cursor in Sheet1, and Bob is told. */
    private void aliceCreates(Object privateHandle, int publicHandle) {
        create(alice, privateHandle, SHEET).replies(publicHandle);
        bob.hears("cursors", added(cursor(publicHandle, "12", "'read'", "alice")));
    }

    @Test
    void joining_needs_an_identity_and_happens_once() {
        join(TestClient.connect(registry), SHEET).isRefused("Not authenticated");
        join(alice, SHEET).replies(cursors());
        join(alice, SHEET).isRefused("Already joined");
        leave(alice, SHEET).replies(null);
        leave(alice, SHEET).isRefused("Not joined");
        join(alice, SHEET).replies(cursors());
    }

    @Test
    void a_cursor_lives_and_all_others_in_the_document_are_told() {
        TestClient alicesPhone = TestClient.connect(registry).as("alice");
        bothJoin();
        join(alicesPhone, SHEET).replies(cursors());

        create(alice, 0, SHEET).replies(1);
        update(alice, 0, "{'position':13}").replies(null);
        update(alice, 0, "{'status':null,'other':1}").replies(null);
        update(alice, 0, "{}").replies(null);
        remove(alice, 0).replies(null);

        for (TestClient other : List.of(bob, alicesPhone)) {
            other.hears("cursors", added(cursor(1, "12", "'read'", "alice")));
            other.hears("cursors", updated(cursor(1, "13", "'read'", "alice")));
            other.hears("cursors", updated(cursor(1, "13", "null", "alice")));
            other.hears("cursors", updated(cursor(1, "13", "null", "alice")));
            other.hears("cursors", removed(1));
            other.hearsNothingMore();
        }
        alice.hearsNothingMore();
    }

    @Test
    void who_joins_gets_all_cursors_there_are() {
        join(alice, SHEET).replies(cursors());
        create(alice, "a", SHEET).replies(1);
        create(alice, "b", SHEET, json("[1.50]"), json("{}")).replies(2);
        update(alice, "a", "{'position':13}").replies(null);

        Call call = join(bob, SHEET);

        call.replies(
                cursors(cursor(1, "13", "'read'", "alice"), cursor(2, "[1.50]", "{}", "alice")));
        assertThat(call.answer().text()).contains("[1.50]");
        bob.hearsNothingMore();
    }

    @Test
    void a_private_handle_is_used_once_over_all_documents() {
        join(alice, SHEET).reply();
        join(alice, 2).reply();
        create(alice, 7, SHEET).replies(1);

        create(alice, 7, 3).isRefused("Not joined");
        create(alice, json("7.0"), 2).isRefused("Reused handle");
        create(alice, "7", 2).replies(1);
        remove(alice, 7).replies(null);
        create(alice, 7, 2).replies(2);
    }

    @Test
    void a_client_has_sixteen_cursors_over_all_documents() {
        join(alice, 1).reply();
        join(alice, 2).reply();
        for (int i = 0; i < 16; i++) {
            create(alice, i, 1 + i % 2).reply();
        }

        create(alice, 0, 1).isRefused("Reused handle");
        create(alice, 16, 1).isRefused("Too many cursors");
        leave(alice, 2).replies(null);
        create(alice, 16, 1).replies(9);
    }

    @Test
    void public_handles_are_unique_within_a_document() {
        bothJoin();

        aliceCreates(1, 1);
        create(bob, 1, SHEET).replies(2);
        alice.hears("cursors", added(cursor(2, "12", "'read'", "bob")));
        remove(alice, 1).replies(null);
        bob.hears("cursors", removed(1));
        aliceCreates(1, 3);
        remove(bob, 1).replies(null);
        alice.hears("cursors", removed(2));

        join(TestClient.connect(registry).as("carol"), SHEET)
                .replies(cursors(cursor(3, "12", "'read'", "alice")));
    }

    @Test
    void public_handles_go_round() {
        join(alice, SHEET).reply();
        create(alice, "first", SHEET).replies(1);
        for (int i = 0; i < CursorsLimits.PUBLIC_HANDLES - 1; i++) {
            create(alice, 0, SHEET).replies((i + 2) % CursorsLimits.PUBLIC_HANDLES);
            remove(alice, 0).replies(null);
        }

        create(alice, 0, SHEET).replies(2);
    }

    @Test
    void there_is_no_such_cursor() {
        bothJoin();
        aliceCreates(1, 1);

        update(bob, 1, "{}").isRefused("No such cursor");
        remove(bob, 1).isRefused("No such cursor");
        update(TestClient.connect(registry), 1, "{}").isRefused("No such cursor");
        alice.hearsNothingMore();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "null", "'position'", "['position']", "true"})
    void new_data_are_an_object(String newData) {
        bothJoin();
        aliceCreates(1, 1);

        update(alice, 1, newData).isRefused("Invalid params");
        update(alice, 2, newData).isRefused("No such cursor");
        bob.hearsNothingMore();
    }

    @Test
    void leaving_removes_the_cursors_of_that_document_only() {
        bothJoin();
        join(alice, 2).reply();
        aliceCreates(1, 1);
        create(alice, 2, 2).replies(1);

        leave(alice, SHEET).replies(null);

        bob.hears("cursors", removed(1));
        bob.hearsNothingMore();
        update(alice, 1, "{}").isRefused("No such cursor");
        update(alice, 2, "{}").replies(null);
        create(bob, 1, SHEET).replies(2);
        alice.hearsNothingMore();
    }

    @Test
    void going_removes_all_cursors() {
        bothJoin();
        aliceCreates(1, 1);
        aliceCreates(2, 2);

        alice.leaves();

        bob.hears("cursors", removed(1));
        bob.hears("cursors", removed(2));
        bob.hearsNothingMore();
        create(bob, 1, SHEET).replies(3);
        alice.hearsNothingMore();
    }

    @Test
    void the_owner_is_who_joined() {
        bothJoin();
        alice.as(null);

        aliceCreates(1, 1);
        leave(alice, SHEET).replies(null);

        bob.hears("cursors", removed(1));
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
    void documents_are_compared_by_value(String one, String other, boolean same) {
        join(alice, json(one)).reply();
        join(bob, json(other)).reply();

        create(alice, 1, json(one)).replies(1);

        if (same) {
            bob.hearsLike("cursors", Map.of("type", "cursorAdded"));
        }
        bob.hearsNothingMore();
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

        join(nobody, 7).isRefused("Not authorized");
        join(nobody, SHEET).replies(cursors());
        create(nobody, 1, SHEET).replies(1);
        create(nobody, 2, SHEET).isRefused("Too many cursors");
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
        TestClient carol = TestClient.connect(new Registry(cursors)).as("carol");

        join(carol, json("null")).isRefused("Not authorized");
        join(carol, SHEET).reply();
        create(carol, 1, SHEET).isRefused("Too many cursors");
    }

    @Test
    void a_client_may_join_a_bounded_number_of_documents() {
        join(alice, 1).reply();
        join(alice, 2).reply();
        join(alice, 3).reply();

        join(alice, 4).isRefused("documents: 3 (expected: at most 3)");
        leave(alice, 1).replies(null);
        join(alice, 4).replies(cursors());
    }

    @Test
    void a_document_has_a_bounded_number_of_cursors() {
        bothJoin();
        for (int i = 0; i < 10; i++) {
            create(alice, i, SHEET).reply();
            create(bob, i, SHEET).reply();
        }

        create(bob, 10, SHEET).isRefused("cursors: 20 (expected: at most 20 a document)");
    }

    @Test
    void names_handles_and_cursors_are_bounded_in_length() {
        String tooLong = "x".repeat(40);
        String wide = "x".repeat(300);
        bothJoin();
        aliceCreates(1, 1);

        assertThat(join(alice, tooLong).refusal()).contains("(expected: at most 30 characters)");
        assertThat(create(alice, tooLong, SHEET).refusal())
                .contains("privateHandle: ", "(expected: at most 30 characters)");
        assertThat(create(alice, 2, SHEET, wide, 1).refusal())
                .contains("cursor: ", "(expected: at most 300 bytes)");
        assertThat(update(alice, 1, "{'status':'" + wide + "'}").refusal())
                .contains("(expected: at most 300 bytes)");
        bob.hearsNothingMore();
        join(TestClient.connect(registry).as("carol"), SHEET)
                .replies(cursors(cursor(1, "12", "'read'", "alice")));
    }

    @Test
    void who_does_not_read_is_told_the_latest_update_only() {
        bothJoin();
        aliceCreates(1, 1);
        bob.stopsReading(2);
        for (int i = 0; i <= 20; i++) {
            update(alice, 1, "{'position':" + i + "}").replies(null);
        }
        bob.readsOn();

        bob.hears("cursors", updated(cursor(1, "20", "'read'", "alice")));
        bob.hearsNothingMore();
    }

    @Test
    void one_who_cannot_be_sent_to_cannot_join() {
        join(TestClient.visit(registry).as("alice"), SHEET)
                .isRefused("connection: a single request (expected: one that stays, as WebSocket)");
    }

    @Test
    void bounds_are_more_than_zero() {
        assertThatThrownBy(() -> new CursorsLimits(1, 65_537, 1, 1))
                .hasMessage("cursorsPerDocument: 65537 (expected: 1 to 65536)");
    }
}
