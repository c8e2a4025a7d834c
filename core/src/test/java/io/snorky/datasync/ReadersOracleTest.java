package io.snorky.datasync;

import static io.snorky.testkit.Json.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.testkit.TestClient;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Whatever clients do and however full their connections are, what they show is what there is. One
 * thread, no network, all random.
 */
class ReadersOracleTest {

    private static final int COLORS = 3;

    /** Sees the rows of one colour. */
    private record Color(int number) implements View {
        @Override
        public boolean sees(JsonNode row) {
            return row.get("color").intValue() == number;
        }
    }

    private static final class ByColor implements Dealer {
        private final boolean[] added = new boolean[COLORS];

        @Override
        public String model() {
            return "Player";
        }

        @Override
        public View view(JsonNode query) {
            return new Color(query.intValue());
        }

        @Override
        public void add(View view) {
            added[((Color) view).number] = true;
        }

        @Override
        public void remove(View view) {
            added[((Color) view).number] = false;
        }

        @Override
        public void viewsOf(JsonNode row, Consumer<View> found) {
            int color = row.get("color").intValue();
            if (added[color]) {
                found.accept(new Color(color));
            }
        }
    }

    private final World world =
            new World(30, new BroadcastDealer("AllPlayers", "Player"), new ByColor());
    private final Map<Integer, Integer> colors = new TreeMap<>();
    private final List<TestClient> unnoticed = new ArrayList<>();
    private Random random = new Random(0);

    // --- The database

    private String row(int id) {
        return "{'id':%d,'color':%d}".formatted(id, colors.get(id));
    }

    private String change() {
        int id = random.nextInt(12);
        if (!colors.containsKey(id)) {
            colors.put(id, random.nextInt(COLORS));
            return "{'type':'insert','model':'Player','data':%s}".formatted(row(id));
        }
        String before = row(id);
        if (random.nextInt(4) == 0) {
            colors.remove(id);
            return "{'type':'delete','model':'Player','data':%s}".formatted(before);
        }
        colors.put(id, random.nextInt(COLORS));
        return "{'type':'update','model':'Player','newData':%s,'oldData':%s}"
                .formatted(row(id), before);
    }

    private void publishSome() {
        String[] deltas = new String[1 + random.nextInt(5)];
        for (int i = 0; i < deltas.length; i++) {
            deltas[i] = change();
        }
        world.publish(deltas);
    }

    // --- A page

    /** Shows some colours, as lists told apart by tag, and all players. */
    private final class Tab {

        final boolean resumes = random.nextBoolean();
        final boolean conflates = resumes && random.nextBoolean();
        final Map<String, Map<Integer, Integer>> shown = new HashMap<>();
        TestClient client = world.connect();
        String token = "";
        String offset = "";
        boolean asks;

        Tab() {
            fetch();
        }

        private void fetch() {
            token =
                    world.authorize(
                            "[{'dealer':'AllPlayers','query':0,'tag':'all'},"
                                    + "{'dealer':'ByColor','query':0,'tag':'0'},"
                                    + "{'dealer':'ByColor','query':1,'tag':'1'}]");
            shown.clear();
            shown.put("all", new TreeMap<>(colors));
            shown.put("0", rowsOf(0));
            shown.put("1", rowsOf(1));
            offset = "";
            acquire();
        }

        private void acquire() {
            asks = true;
            String from = offset.isEmpty() ? "null" : "'" + offset + "'";
            client.call(
                    "datasync",
                    "acquireSubscription",
                    json(
                            resumes
                                    ? "{'token':'%s','offset':%s,'conflate':%s}"
                                            .formatted(token, from, conflates)
                                    : "{'token':'%s'}".formatted(token)));
        }

        void read() {
            for (String text : client.heard()) {
                hear(JsonMapper.shared().readTree(text.replace('\'', '"')).get("message"));
            }
        }

        private void hear(JsonNode message) {
            switch (message.get("type").stringValue()) {
                case "delta" -> {
                    apply(message.get("delta"));
                    if (!conflates) {
                        confirm(message); // three messages of one change are read together here
                    }
                }
                case "position" -> confirm(message);
                case "response" -> {
                    asks = false;
                    if (offset.isEmpty() && resumes) {
                        confirm(message.get("data"));
                    }
                }
                default -> {
                    assertThat(message.toString()).containsAnyOf("resync", "No such");
                    fetch();
                }
            }
        }

        private void confirm(JsonNode message) {
            if (resumes) {
                offset = message.get("offset").stringValue();
            }
        }

        private void apply(JsonNode delta) {
            Map<Integer, Integer> list =
                    shown.getOrDefault(delta.get("tag").stringValue(), Map.of());
            String type = delta.get("type").stringValue();
            JsonNode row = delta.get(type.equals("update") ? "newData" : "data");
            if (type.equals("delete")) {
                list.remove(row.get("id").intValue());
            } else {
                list.put(row.get("id").intValue(), row.get("color").intValue());
            }
        }

        /** What was under way is lost, or not. */
        void reconnect() {
            if (random.nextBoolean()) {
                read();
            } else {
                client.heard();
            }
            if (!resumes || random.nextBoolean()) {
                client.leaves();
            } else {
                unnoticed.add(client);
            }
            client = world.connect();
            client.hasRoomFor(random.nextInt(8));
            if (resumes && !offset.isEmpty() && !asks) {
                acquire();
            } else {
                fetch();
            }
        }
    }

    private Map<Integer, Integer> rowsOf(int color) {
        Map<Integer, Integer> rows = new TreeMap<>(colors);
        rows.values().removeIf(each -> each != color);
        return rows;
    }

    // --- The test

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void every_list_is_what_the_database_has(long seed) {
        random = new Random(seed);
        List<Tab> tabs = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            tabs.add(new Tab());
        }
        for (int step = 1; step <= 4_000; step++) {
            Tab tab = tabs.get(random.nextInt(tabs.size()));
            switch (random.nextInt(20)) {
                case 0 -> tab.reconnect();
                case 1, 2, 3, 4, 5 -> tab.client.hasRoomFor(random.nextInt(12));
                case 6, 7, 8 -> tab.read();
                case 9 -> world.scheduler.advance(Duration.ofSeconds(random.nextInt(30)));
                default -> publishSome();
            }
            if (step % 200 == 0) {
                String when = "seed " + seed + ", step " + step;
                tabs.forEach(each -> settle(each, when));
            }
        }
        assertThat(world.figure("lags")).isPositive();
        assertThat(world.figure("caught.up")).isPositive();
        assertThat(world.figure("resyncs")).isPositive();
        unnoticed.forEach(TestClient::leaves);
        assertThat(world.figure("lagging")).isZero();
        assertThat(world.figure("held")).isEqualTo(tabs.size());
    }

    private void settle(Tab tab, String when) {
        do {
            if (tab.client.closed().isPresent()) {
                tab.client.leaves();
                tab.client = world.connect();
                tab.fetch();
            }
            tab.client.hasRoomFor(10_000);
            tab.read();
        } while (tab.asks || tab.client.closed().isPresent());
        assertThat(tab.shown)
                .as(when)
                .isEqualTo(Map.of("all", colors, "0", rowsOf(0), "1", rowsOf(1)));
    }
}
