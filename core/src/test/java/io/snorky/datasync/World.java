package io.snorky.datasync;

import static io.snorky.testkit.Json.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.Registry;
import io.snorky.testkit.ManualScheduler;
import io.snorky.testkit.TestClient;

import tools.jackson.databind.JsonNode;

/**
 * A DataSync service with a small log, a back end, and clients without a network. JSON is written
 * with single quotes.
 */
final class World {

    static final String PLAYERS = "[{'dealer':'AllPlayers','query':null}]";

    final ManualScheduler scheduler = new ManualScheduler();
    final DataSyncService datasync;
    private final Registry frontend;
    private final TestClient server;

    World(int logEntries, Dealer... dealers) {
        datasync =
                DataSyncService.builder("datasync")
                        .dealers(dealers)
                        .log(new MemoryDeltaLog(DeltaLogLimits.DEFAULT.withEntries(logEntries)))
                        .scheduler(scheduler)
                        .build();
        frontend = new Registry(datasync);
        server = TestClient.visit(new Registry(new DataSyncBackend("backend", datasync)));
    }

    /** One with a dealer of all players. */
    static World ofPlayers(int logEntries) {
        return new World(logEntries, new BroadcastDealer("AllPlayers", "Player"));
    }

    TestClient connect() {
        return TestClient.connect(frontend);
    }

    String authorize(String items) {
        return server.call("backend", "authorizeSubscription", json("{'items':" + items + "}"))
                .reply()
                .stringValue();
    }

    String answerTo(String command, String params) {
        JsonNode answer = server.call("backend", command, json(params)).answer().message();
        return answer.has("message") ? answer.get("message").stringValue() : "";
    }

    /** Publishes deltas as one batch. */
    void publish(String... deltas) {
        assertThat(answerTo("publishDeltas", "{'deltas':[" + String.join(",", deltas) + "]}"))
                .isEmpty();
    }

    /** Publishes the inserts of some players, each a batch. */
    void insert(int first, int last) {
        for (int id = first; id <= last; id++) {
            publish(player(id));
        }
    }

    static String player(int id) {
        return "{'type':'insert','model':'Player','data':{'id':%d}}".formatted(id);
    }

    long figure(String name) {
        return datasync.figures().stream()
                .filter(figure -> figure.name().equals("snorky.datasync." + name))
                .findFirst()
                .orElseThrow()
                .value()
                .getAsLong();
    }
}
