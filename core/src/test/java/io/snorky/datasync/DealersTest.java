package io.snorky.datasync;

import static io.snorky.testkit.Json.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.Registry;
import io.snorky.testkit.Call;
import io.snorky.testkit.TestClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.function.Consumer;

/** All dealers at work in one service. */
class DealersTest {

    private static final String RED = "{'id':1,'color':'red'}";
    private static final String BLUE = "{'id':1,'color':'blue'}";
    private static final String GREEN = "{'id':1,'color':'green'}";
    private static final String ALL = "{'dealer':'AllPlayers','query':null}";
    private static final String BY_COLOR = "{'dealer':'PlayersByColor','query':'red'}";
    private static final String FILTERED =
            "{'dealer':'FilteredPlayers','query':['==','color','red']}";

    /** Fails for every row. */
    private static final class BrokenDealer implements Dealer {

        @Override
        public String model() {
            return "Player";
        }

        @Override
        public View view(JsonNode query) {
            return row -> false;
        }

        @Override
        public void add(View view) {}

        @Override
        public void remove(View view) {}

        @Override
        public void viewsOf(JsonNode row, Consumer<View> found) {
            throw new IllegalStateException("broken, as the test wants it");
        }
    }

    private final DataSyncService datasync =
            new DataSyncService(
                    "datasync",
                    new BrokenDealer(),
                    new BroadcastDealer("AllPlayers", "Player"),
                    new SimpleDealer("PlayersByColor", "Player", "color"),
                    new FilterDealer("FilteredPlayers", "Player"));
    private final TestClient server =
            TestClient.visit(new Registry(new DataSyncBackend("backend", datasync)));
    private final TestClient alice = TestClient.connect(new Registry(datasync));

    private void acquires(String... items) {
        String list = "[" + String.join(",", items) + "]";
        Call authorization =
                server.call("backend", "authorizeSubscription", json("{'items':" + list + "}"));
        String token = authorization.reply().stringValue();
        alice.call("datasync", "acquireSubscription", json("{'token':'" + token + "'}"))
                .replies(null);
    }

    private List<String> hears(String... deltas) {
        String list = "[" + String.join(",", deltas) + "]";
        server.call("backend", "publishDeltas", json("{'deltas':" + list + "}")).replies(null);
        return alice.heard();
    }

    private static String insert(String row) {
        return "{'type':'insert','model':'Player','data':" + row + "}";
    }

    private static String delete(String row) {
        return "{'type':'delete','model':'Player','data':" + row + "}";
    }

    private static String update(String before, String after) {
        return "{'type':'update','model':'Player','newData':%s,'oldData':%s}"
                .formatted(after, before);
    }

    private static String delta(String delta) {
        return "{'service':'datasync','message':{'type':'delta','delta':" + delta + "}}";
    }

    @ParameterizedTest
    @ValueSource(strings = {BY_COLOR, FILTERED})
    void an_update_is_what_it_looks_like_through_the_query(String item) {
        acquires(item);

        assertThat(hears(update(BLUE, RED))).containsExactly(delta(insert(RED)));
        assertThat(hears(update(RED, "{'id':2,'color':'red'}")))
                .containsExactly(delta(update(RED, "{'id':2,'color':'red'}")));
        assertThat(hears(update(RED, BLUE))).containsExactly(delta(delete(RED)));
        assertThat(hears(update(BLUE, GREEN))).isEmpty();
        assertThat(hears(update("{}", "null"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {BY_COLOR, FILTERED})
    void rows_that_come_and_go_are_seen_if_the_query_sees_them(String item) {
        acquires(item);

        assertThat(hears(insert(RED), insert(BLUE), insert("5"), delete(BLUE), delete(RED)))
                .containsExactly(delta(insert(RED)), delta(delete(RED)));
    }

    @Test
    void every_item_has_its_own_view_of_an_update() {
        acquires(ALL, BY_COLOR, FILTERED, "{'dealer':'PlayersByColor','query':'blue'}");

        assertThat(hears(update(RED, BLUE)))
                .containsExactlyInAnyOrder(
                        delta(update(RED, BLUE)),
                        delta(delete(RED)),
                        delta(delete(RED)),
                        delta(insert(BLUE)));
    }

    @Test
    void two_items_that_see_the_same_are_two_deliveries() {
        acquires(FILTERED, FILTERED, BY_COLOR);

        assertThat(hears(insert(RED))).hasSize(3).containsOnly(delta(insert(RED)));
    }

    @Test
    void a_filter_that_is_none_spoils_the_subscription() {
        String items = "[" + ALL + ",{'dealer':'FilteredPlayers','query':['==','color']}]";

        server.call("backend", "authorizeSubscription", json("{'items':" + items + "}"))
                .isRefused("Bad query");

        assertThat(hears(insert(RED))).isEmpty();
    }
}
