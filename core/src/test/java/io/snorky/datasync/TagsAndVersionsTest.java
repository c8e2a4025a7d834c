package io.snorky.datasync;

import static io.snorky.datasync.World.PLAYERS;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.util.function.Consumer;

class TagsAndVersionsTest {

    /** Sees the players of one colour; asks each of its views. */
    private static final class ByColor implements Dealer {

        private record Color(String color) implements View {
            @Override
            public boolean sees(JsonNode row) {
                return row.get("color").stringValue().equals(color);
            }
        }

        private final java.util.Set<View> views = new java.util.LinkedHashSet<>();

        @Override
        public String model() {
            return "Player";
        }

        @Override
        public View view(JsonNode query) {
            return new Color(query.stringValue());
        }

        @Override
        public void add(View view) {
            views.add(view);
        }

        @Override
        public void remove(View view) {
            views.remove(view);
        }

        @Override
        public void viewsOf(JsonNode row, Consumer<View> found) {
            views.stream().filter(view -> view.sees(row)).forEach(found);
        }
    }

    private static final String RED_TO_BLUE =
            "{'type':'update','model':'Player','newData':{'id':1,'color':'blue'},"
                    + "'oldData':{'id':1,'color':'red'}%s}";

    private final World world =
            new World(10, new BroadcastDealer("AllPlayers", "Player"), new ByColor());
    private final Page page = new Page(world);

    private void acquire(String items) {
        page.acquires(world.authorize(items));
        page.heard();
    }

    @Test
    void each_delta_of_an_item_carries_its_tag() {
        acquire(
                "[{'dealer':'ByColor','query':'red','tag':'R'},"
                        + "{'dealer':'ByColor','query':'blue','tag':'B'},"
                        + "{'dealer':'AllPlayers','query':0}]");

        world.publish(RED_TO_BLUE.formatted(""));

        assertThat(page.heard()).containsExactly("R: delete 1", "update 1", "B: insert 1");
    }

    @Test
    void a_row_that_moves_between_views_stays_in_a_list_of_both_whether_live_or_later() {
        acquire("[{'dealer':'ByColor','query':'blue'},{'dealer':'ByColor','query':'red'}]");

        world.publish(RED_TO_BLUE.formatted(""));
        assertThat(page.heard()).containsExactly("delete 1", "insert 1");

        page.client.hasRoomFor(0);
        world.publish(RED_TO_BLUE.formatted(""));
        page.client.hasRoomFor(10);
        assertThat(page.heard()).containsExactly("delete 1", "insert 1");
    }

    @Test
    void every_look_of_a_delta_carries_its_version() {
        acquire(
                "[{'dealer':'ByColor','query':'red'},{'dealer':'ByColor','query':'blue'},"
                        + "{'dealer':'AllPlayers','query':0}]");

        world.publish(RED_TO_BLUE.formatted(",'version':7"));

        assertThat(page.client.heard())
                .hasSize(3)
                .allMatch(text -> text.contains(",'version':7},'offset':"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "5 | tag: 5 (expected: a string of 1 to 100 characters)",
                "'' | tag: \"\" (expected: a string of 1 to 100 characters)",
                "null | tag: null (expected: a string of 1 to 100 characters)",
            })
    void a_tag_is_a_short_string(String tag, String text) {
        assertThat(
                        world.answerTo(
                                "authorizeSubscription",
                                "{'items':[{'dealer':'AllPlayers','query':1,'tag':%s}]}"
                                        .formatted(tag)))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "-1 | version: -1 (expected: an integer from 0 to 9007199254740991)",
                "1.5 | version: 1.5 (expected: an integer from 0 to 9007199254740991)",
                "9007199254740992 | version: 9007199254740992 (expected: an integer from 0 to"
                        + " 9007199254740991)",
                "1e1000000000 | version: 1e1000000000 (expected: an integer from 0 to"
                        + " 9007199254740991)",
                "null | version: null (expected: an integer from 0 to 9007199254740991)",
            })
    void a_version_is_an_integer_that_javascript_can_hold(String version, String text) {
        acquire(PLAYERS);

        assertThat(
                        world.answerTo(
                                "publishDeltas",
                                "{'deltas':["
                                        + RED_TO_BLUE.formatted(",'version':" + version)
                                        + "]}"))
                .isEqualTo(text);

        assertThat(page.heard()).isEmpty();
    }

    @Test
    void a_dealer_that_fails_while_a_client_catches_up_disturbs_no_other() {
        acquire("[{'dealer':'ByColor','query':'red'},{'dealer':'AllPlayers','query':0}]");
        page.client.hasRoomFor(0);
        world.publish("{'type':'insert','model':'Player','data':{'id':1}}"); // has no color

        page.client.hasRoomFor(10);

        assertThat(page.heard()).containsExactly("insert 1");
        assertThat(world.figure("dealer.failures")).isEqualTo(1);
    }

    @Test
    void queries_are_bounded() {
        assertThat(
                        world.answerTo(
                                "authorizeSubscription",
                                "{'items':[{'dealer':'AllPlayers','query':'%s'}]}"
                                        .formatted("x".repeat(20_000))))
                .isEqualTo("characters of query: 20002 (expected: at most 16384)");
        assertThat(
                        world.answerTo(
                                "authorizeSubscription",
                                "{'items':[{'dealer':'AllPlayers','query':%s}]}"
                                        .formatted("[".repeat(33) + "1" + "]".repeat(33))))
                .isEqualTo("depth of query: 33 (expected: at most 32)");
    }
}
