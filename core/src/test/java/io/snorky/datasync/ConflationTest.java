package io.snorky.datasync;

import static io.snorky.datasync.World.PLAYERS;
import static io.snorky.testkit.Json.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Map;

/** What a client gets that wants one delta for each row when it lags. */
class ConflationTest {

    private final World world = World.ofPlayers(100);
    private final Page page = new Page(world);

    private void acquires(String token, String conflate) {
        page.acquires(token, "null", ",'conflate':" + conflate);
    }

    /** {@code +1a}: a row with id 1 and name a is new; {@code 1a-b}: it is b now; {@code -1b}. */
    private static String delta(String change, String more) {
        if (change.startsWith("+") || change.startsWith("-")) {
            return "{'type':'%s','model':'Player','data':%s%s}"
                    .formatted(
                            change.startsWith("+") ? "insert" : "delete",
                            row(change.charAt(1), change.charAt(2)),
                            more);
        }
        return "{'type':'update','model':'Player','newData':%s,'oldData':%s%s}"
                .formatted(
                        row(change.charAt(0), change.charAt(3)),
                        row(change.charAt(0), change.charAt(1)),
                        more);
    }

    private static String row(char id, char name) {
        return "{'id':%s,'name':'%s'}".formatted(id, name);
    }

    private void publish(String changes) {
        for (String change : changes.split(" ", -1)) {
            world.publish(delta(change, ""));
        }
    }

    private List<String> deltas() {
        return page.client.heard().stream()
                .filter(text -> text.contains("'delta':"))
                .map(text -> {
                    var delta =
                            JsonMapper.shared()
                                    .readTree(text.replace('\'', '"'))
                                    .get("message")
                                    .get("delta");
                    return switch (delta.get("type").stringValue()) {
                        case "insert" -> "+" + text(delta.get("data"));
                        case "delete" -> "-" + text(delta.get("data")).substring(0, 1);
                        default ->
                                text(delta.get("oldData"))
                                        + "-"
                                        + text(delta.get("newData")).substring(1);
                    };
                })
                .toList();
    }

    private static String text(tools.jackson.databind.JsonNode row) {
        return row.get("id").asString() + row.get("name").stringValue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "nothing",
            value = {
                "+1a 1a-b | +1b",
                "1a-b 1b-c 1c-d | 1a-d",
                "+1a -1a | nothing",
                "+1a 1a-b -1b | nothing",
                "1a-b -1b | -1",
                "-1a +1b | 1a-b",
                "-1a +1b -1b | -1",
                "+1a +2a 1a-b 2a-b | +1b +2b",
                "+1a 2x-y -3z 1a-b -2y +3w | -2 +1b 3z-w",
            })
    void changes_of_one_row_come_to_one(String changes, String expected) {
        acquires(world.authorize(PLAYERS), "true");
        page.client.hasRoomFor(0);
        publish(changes);

        page.client.hasRoomFor(100);

        assertThat(String.join(" ", deltas())).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void what_does_not_lag_comes_as_it_is() {
        acquires(world.authorize(PLAYERS), "true");

        publish("+1a 1a-b");

        assertThat(deltas()).containsExactly("+1a", "1a-b");
    }

    @Test
    void so_is_what_was_missed_before_it_was_acquired() {
        String token = world.authorize(PLAYERS);
        publish("+1a 1a-b 1b-c");

        acquires(token, "true");

        assertThat(deltas()).containsExactly("+1c");
    }

    @Test
    void all_of_it_carries_the_offset_before_until_a_notice_says_how_far_it_goes() {
        acquires(world.authorize(PLAYERS), "true");
        publish("+9z");
        page.heard();
        String before = page.offset;
        page.client.hasRoomFor(0);
        publish("+1a +2a 1a-b");

        page.client.hasRoomFor(2);
        assertThat(page.heard()).containsExactly("insert 1", "insert 2");
        assertThat(page.offset).isEqualTo(before);
        page.client.hasRoomFor(1);
        assertThat(page.heard()).containsExactly("position");
        assertThat(page.offset).endsWith("-4");
    }

    @Test
    void a_row_that_came_and_went_is_deleted_if_the_client_may_have_it_from_its_last_connection() {
        String token = world.authorize(PLAYERS);
        acquires(token, "true");
        page.heard();
        String before = page.offset;
        publish("+1a");
        page.client.leaves();
        publish("-1a +2a -2a");

        Page next = new Page(world);
        next.acquires(token, "'" + before + "'", ",'conflate':true");

        assertThat(next.heard()).containsExactly("delete 1", "delete 2", "position", "started");
    }

    @Test
    void or_from_what_was_sent_before_the_rest_had_to_be_folded_anew() {
        acquires(world.authorize("[{'dealer':'AllPlayers','query':1,'tag':'a'}]"), "true");
        String other = world.authorize("[{'dealer':'AllPlayers','query':1,'tag':'b'}]");
        acquires(other, "true");
        page.heard();
        page.client.hasRoomFor(0);
        publish("+1a");
        page.client.hasRoomFor(1);
        assertThat(page.heard()).containsExactly("a: insert 1");
        publish("-1a");

        page.client.call("datasync", "cancelSubscription", Map.of("token", other));
        page.client.hasRoomFor(100);

        assertThat(page.heard()).containsExactly("done", "a: delete 1", "position");
    }

    @Test
    void the_notice_is_also_true_for_a_subscription_that_came_in_between() {
        String first = world.authorize(PLAYERS);
        String second = world.authorize("[{'dealer':'AllPlayers','query':1,'tag':'second'}]");
        acquires(first, "true");
        page.client.hasRoomFor(0);
        publish("+1a +2a");
        page.client.hasRoomFor(1);
        acquires(second, "true");

        page.client.hasRoomFor(100);

        assertThat(page.heard())
                .endsWith("position", "started")
                .contains("second: insert 1", "second: insert 2")
                .containsOnlyOnce("position");
    }

    @Test
    void rows_are_told_apart_by_the_member_that_is_named() {
        acquires(world.authorize(PLAYERS), "'name'");
        page.client.hasRoomFor(0);
        publish("+1a +2a +3b");

        page.client.hasRoomFor(100);

        assertThat(deltas()).containsExactly("+2a", "+3b");
    }

    @Test
    void a_row_that_changes_its_id_is_another() {
        acquires(world.authorize(PLAYERS), "true");
        publish("+1a");
        page.heard();
        page.client.hasRoomFor(0);
        world.publish(
                "{'type':'update','model':'Player','newData':%s,'oldData':%s}"
                        .formatted(row('2', 'a'), row('1', 'a')));

        page.client.hasRoomFor(100);

        assertThat(deltas()).containsExactly("-1", "+2a");
    }

    @Test
    void rows_that_cannot_be_told_apart_are_not_folded() {
        acquires(world.authorize(PLAYERS), "'nosuch'");
        page.client.hasRoomFor(0);
        publish("+1a 1a-b");

        page.client.hasRoomFor(100);

        assertThat(deltas()).containsExactly("+1a", "1a-b");
    }

    @Test
    void a_lower_version_says_nothing_new_and_a_row_that_went_leaves_its_version() {
        acquires(world.authorize(PLAYERS), "true");
        page.client.hasRoomFor(0);
        world.publish(delta("1b-c", ",'version':3"), delta("1a-b", ",'version':2"));
        world.publish(delta("+2a", ",'version':1"), delta("-2a", ",'version':2"));

        page.client.hasRoomFor(100);

        assertThat(deltas()).containsExactly("-2", "1b-c");
    }

    @Test
    void subscriptions_of_one_client_that_do_not_want_it_get_everything() {
        page.acquires(world.authorize("[{'dealer':'AllPlayers','query':1,'tag':'all'}]"));
        acquires(world.authorize("[{'dealer':'AllPlayers','query':1,'tag':'last'}]"), "true");
        page.heard();
        page.client.hasRoomFor(0);
        publish("+1a 1a-b");

        page.client.hasRoomFor(100);

        assertThat(page.heard())
                .containsExactly("all: insert 1", "all: update 1", "last: insert 1", "position");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'offset':null,'conflate':5 | conflate: 5 (expected: a boolean, or the name of a"
                        + " member)",
                "'conflate':true | conflate: true (expected: together with an offset, or null for"
                        + " it)",
            })
    void bad_wishes_are_refused(String params, String text) {
        String token = world.authorize(PLAYERS);
        page.client.call(
                "datasync",
                "acquireSubscription",
                json("{'token':'%s',%s}".formatted(token, params)));

        assertThat(page.heard()).containsExactly(text);
    }
}
