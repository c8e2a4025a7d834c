package io.snorky.datasync;

import static io.snorky.testkit.Json.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.ConfigurationException;
import io.snorky.Registry;
import io.snorky.testkit.Call;
import io.snorky.testkit.ManualScheduler;
import io.snorky.testkit.TestClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

class DataSyncServiceTest {

    private static final String PLAYERS = "[{'dealer':'AllPlayers','query':null}]";

    /** The reply to the first call of a client. */
    private static final String DONE =
            "{'service':'datasync','message':{'type':'response','callId':1,'data':null}}";

    private final ManualScheduler scheduler = new ManualScheduler();
    private final DataSyncService datasync =
            DataSyncService.builder("datasync")
                    .dealers(
                            new BroadcastDealer("AllPlayers", "Player"),
                            new BroadcastDealer("AllTeams", "Team"))
                    .log(new MemoryDeltaLog(DeltaLogLimits.DEFAULT.withEntries(10)))
                    .limits(new DataSyncLimits(5, 3, 4, 100, 5, 20))
                    .scheduler(scheduler)
                    .build();
    private final Registry frontend = new Registry(datasync);
    private final Registry backend = new Registry(new DataSyncBackend("backend", datasync));
    private final TestClient server = TestClient.visit(backend);
    private final TestClient alice = TestClient.connect(frontend);

    private String authorize(String items) {
        return server.call("backend", "authorizeSubscription", json("{'items':" + items + "}"))
                .reply()
                .stringValue();
    }

    private void publish(String... deltas) {
        server.call(
                        "backend",
                        "publishDeltas",
                        json("{'deltas':[" + String.join(",", deltas) + "]}"))
                .replies(null);
    }

    private static Call acquire(TestClient client, String token) {
        return client.call("datasync", "acquireSubscription", Map.of("token", token));
    }

    private static String insert(int id) {
        return "{'type':'insert','model':'Player','data':{'id':%d}}".formatted(id);
    }

    private static String delta(String delta) {
        return "{'service':'datasync','message':{'type':'delta','delta':" + delta + "}}";
    }

    @Test
    void a_token_is_32_characters_and_never_the_same() {
        Set<String> tokens = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            tokens.add(authorize(PLAYERS));
        }

        assertThat(tokens).hasSize(5).allMatch(token -> token.matches("[a-z0-9]{32}"));
    }

    @Test
    void
            what_happens_between_authorising_and_acquiring_comes_first_then_the_response_then_what_happens() {
        publish(insert(1));
        String token = authorize(PLAYERS);
        publish(insert(2), insert(3));
        publish(insert(4));

        alice.call("datasync", "acquireSubscription", Map.of("token", token));
        publish(insert(5));

        assertThat(alice.heard())
                .containsExactly(
                        delta(insert(2)),
                        delta(insert(3)),
                        delta(insert(4)),
                        DONE,
                        delta(insert(5)));
    }

    @Test
    void every_kind_of_delta_is_delivered_without_unknown_members() {
        acquire(alice, authorize(PLAYERS)).replies(null);

        publish(
                "{'type':'insert','model':'Player','data':{'id':1,'color':'red'},'x':1}",
                "{'oldData':{'id':1,'color':'red'},'type':'update','model':'Player','newData':{'id':1,'color':'blue'}}",
                "{'type':'delete','model':'Player','data':null}");

        assertThat(alice.heard())
                .containsExactly(
                        delta("{'type':'insert','model':'Player','data':{'id':1,'color':'red'}}"),
                        delta(
                                "{'type':'update','model':'Player','newData':{'id':1,'color':'blue'},'oldData':{'id':1,'color':'red'}}"),
                        delta("{'type':'delete','model':'Player','data':null}"));
    }

    @Test
    void a_subscription_gets_the_models_of_its_dealers_once_for_each_item() {
        acquire(
                        alice,
                        authorize(
                                "[{'dealer':'AllPlayers','query':1},{'dealer':'AllPlayers','query':2,'x':0}]"))
                .replies(null);

        publish(
                insert(1),
                "{'type':'insert','model':'Team','data':1}",
                "{'type':'insert','model':'Unknown','data':1}");

        assertThat(alice.heard()).containsExactly(delta(insert(1)), delta(insert(1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | Invalid params",
                "5 | Invalid params",
                "[1] | Invalid params",
                "[{}] | Missing field 'dealer'",
                "[{'dealer':1}] | dealer should be a dealer name",
                "[{'dealer':'Nobody'}] | No such dealer",
                "[{'dealer':'Nobody','query':1}] | No such dealer",
                "[{'dealer':'AllPlayers','query':1},{'dealer':'AllPlayers'}] | Missing field"
                        + " 'query'",
                "[{'dealer':'AllPlayers','query':1},{'dealer':'AllPlayers','query':1},{'dealer':'AllPlayers','query':1},{'dealer':'AllPlayers','query':1},{'dealer':'AllPlayers','query':1}]"
                    + " | items: 5 (expected: at most 4)",
            })
    void items_that_are_none_are_refused(String items, String text) {
        server.call("backend", "authorizeSubscription", json("{'items':" + items + "}"))
                .isRefused(text);
        assertThat(scheduler.waiting()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | Invalid params",
                "[null] | Invalid params",
                "[{'model':'Player'}] | Missing field",
                "[{'type':'insert'}] | Missing field",
                "[{'type':'x','model':1}] | model must be string",
                "[{'type':'x','model':'Player'}] | Invalid delta type",
                "[{'type':1,'model':'Player'}] | Invalid delta type",
                "[{'type':'insert','model':'Player'}] | Missing field",
                "[{'type':'update','model':'Player','newData':1}] | Missing field",
                "[{'type':'insert','model':'Player','data':1},{'type':'delete','model':'Player'}] |"
                        + " Missing field",
            })
    void a_delta_that_is_none_spoils_its_batch(String deltas, String text) {
        acquire(alice, authorize(PLAYERS)).replies(null);

        server.call("backend", "publishDeltas", json("{'deltas':" + deltas + "}")).isRefused(text);

        assertThat(alice.heard()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"acquireSubscription", "cancelSubscription"})
    void a_token_must_be_a_string_and_known(String command) {
        alice.call("datasync", command, json("{'token':5}")).isRefused("token must be string");
        alice.call("datasync", command, json("{'token':'unknown'}"))
                .isRefused("No such subscription");
    }

    @Test
    void a_subscription_has_one_holder_who_keeps_it_when_another_asks() {
        String token = authorize(PLAYERS);
        acquire(alice, token).replies(null);
        TestClient bob = TestClient.connect(frontend);

        acquire(bob, token).isRefused("Already acquired");
        acquire(alice, token).isRefused("Already acquired");
        bob.call("datasync", "cancelSubscription", Map.of("token", token))
                .isRefused("No such subscription");
        publish(insert(1));
        assertThat(alice.heard()).containsExactly(delta(insert(1)));
    }

    @Test
    void cancelling_is_final() {
        String token = authorize(PLAYERS);
        acquire(alice, token).replies(null);

        alice.call("datasync", "cancelSubscription", Map.of("token", token)).replies(null);
        publish(insert(1));

        assertThat(alice.heard()).isEmpty();
        acquire(alice, token).isRefused("No such subscription");
    }

    @Test
    void a_subscription_that_nobody_acquires_is_gone_after_its_timeout() {
        String token = authorize(PLAYERS);
        scheduler.advance(Duration.ofSeconds(119));
        String other = authorize(PLAYERS);
        scheduler.advance(Duration.ofSeconds(1));

        acquire(alice, token).isRefused("No such subscription");
        acquire(alice, other).replies(null);
        scheduler.advance(Duration.ofDays(1));
        publish(insert(1));
        assertThat(alice.heard()).containsExactly(delta(insert(1)));
    }

    @Test
    void after_a_lost_connection_the_token_resumes_without_loss_for_as_long_again() {
        String token = authorize(PLAYERS);
        acquire(alice, token).replies(null);
        publish(insert(1));
        alice.leaves();
        publish(insert(2));
        scheduler.advance(Duration.ofSeconds(119));
        publish(insert(3));
        TestClient again = TestClient.connect(frontend);

        again.call("datasync", "acquireSubscription", Map.of("token", token));
        publish(insert(4));

        assertThat(again.heard())
                .containsExactly(delta(insert(2)), delta(insert(3)), DONE, delta(insert(4)));
        again.leaves();
        scheduler.advance(Duration.ofSeconds(120));
        acquire(TestClient.connect(frontend), token).isRefused("No such subscription");
    }

    @Test
    void a_subscription_whose_deltas_the_log_has_lost_is_gone() {
        String token = authorize(PLAYERS);
        for (int i = 0; i < 11; i++) {
            publish(insert(i));
        }

        acquire(alice, token).isRefused("No such subscription");
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void subscriptions_are_bounded_in_all_and_for_each_client() {
        for (int i = 0; i < 3; i++) {
            acquire(alice, authorize(PLAYERS)).replies(null);
        }
        acquire(alice, authorize(PLAYERS)).isRefused("subscriptions: 3 (expected: fewer than 3)");
        for (int i = 0; i < 4; i++) {
            authorize(PLAYERS);
        }
        server.call("backend", "authorizeSubscription", json("{'items':" + PLAYERS + "}"))
                .isRefused("waiting subscriptions: 5 (expected: fewer than 5)");
    }

    @Test
    void a_batch_is_bounded() {
        String deltas = String.join(",", java.util.Collections.nCopies(21, insert(1)));

        server.call("backend", "publishDeltas", json("{'deltas':[" + deltas + "]}"))
                .isRefused("deltas: 21 (expected: at most 20)");
    }

    @Test
    void a_dealer_can_be_taken_out_and_names_are_unique() {
        var notes = new BroadcastDealer("AllNotes", "Note");
        datasync.registerDealer(notes);
        acquire(alice, authorize("[{'dealer':'AllNotes','query':0}]")).replies(null);

        assertThatThrownBy(() -> datasync.registerDealer(new BroadcastDealer("AllNotes", "X")))
                .isInstanceOf(ConfigurationException.class);
        datasync.unregisterDealer(notes);
        publish("{'type':'insert','model':'Note','data':1}");
        assertThat(alice.heard()).isEmpty();
        server.call(
                        "backend",
                        "authorizeSubscription",
                        json("{'items':[{'dealer':'AllNotes','query':0}]}"))
                .isRefused("No such dealer");
    }
}
