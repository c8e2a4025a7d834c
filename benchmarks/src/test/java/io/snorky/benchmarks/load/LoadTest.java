package io.snorky.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Short runs against real servers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoadTest {

    private static final Timing SHORT = new Timing(Duration.ofMillis(50), Duration.ofMillis(100));
    private static final Programs PROGRAMS = new Programs(1, "NIO", List.of(), Optional.empty());

    private ServerProcess server;

    @BeforeAll
    void start() {
        server = ServerProcess.start(Peer.SNORKY.command(PROGRAMS));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void every_message_reaches_every_subscriber_once() {
        try (var loop = new Loop(server.port(), Dialect.SNORKY)) {
            var room = new Room(loop, 20, 20);

            while (room.published() < 1_000) {
                room.fill(8);
                loop.poll(10_000_000);
            }
            room.awaitAll();

            assertThat(room.received()).isEqualTo(20 * room.published());
        }
    }

    @Test
    void every_request_is_answered_once() {
        try (var loop = new Loop(server.port(), Dialect.SNORKY)) {
            var template = Dialect.SNORKY.template(Dialect.SNORKY.call());
            var caller = new Caller(template, 5, new org.HdrHistogram.Histogram(3));
            Connection connection = loop.connect(List.of(), caller);
            loop.awaitOpen();

            caller.call(connection);
            loop.runUntil(() -> caller.answered() > 500, "answers");
            caller.stop();
            loop.runUntil(caller::isIdle, "answers");

            assertThat(caller.answered()).isGreaterThan(500);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "SOCKJS_.*", mode = EnumSource.Mode.MATCH_ANY)
    void every_message_reaches_every_session_of_sockjs_once(Wire wire) {
        for (Peer peer : List.of(Peer.SNORKY, Peer.PLAIN)) {
            try (var loop = new Loop(server.port(), peer.dialect(wire))) {
                var room = new Room(loop, 20, 20);

                while (room.published() < 2_000) { // more than one answer may have
                    room.fill(8);
                    loop.poll(10_000_000);
                }
                room.awaitAll();

                assertThat(room.received()).isEqualTo(20 * room.published());
            }
        }
    }

    static Stream<Arguments> overSockJs() {
        return Stream.of(Wire.SOCKJS_WEBSOCKET, Wire.SOCKJS_XHR_STREAMING)
                .flatMap(wire -> scenarios().map(scenario -> Arguments.of(wire, scenario)));
    }

    @ParameterizedTest
    @MethodSource("overSockJs")
    void every_scenario_has_figures_over_sockjs(Wire wire, Scenario scenario) {
        Figures figures = scenario.run(server, Peer.PLAIN.dialect(wire), SHORT);

        assertThat(figures.values()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = "SOCKJS_.*", mode = EnumSource.Mode.MATCH_ANY)
    void a_peer_can_be_measured_over_sockjs(Wire wire) {
        try (var other = ServerProcess.start(Peer.VERTX.command(PROGRAMS))) {
            new Fanout(10, 4, 0).run(other, Peer.VERTX.dialect(wire), SHORT);
            new Echo(3, 2).run(other, Peer.VERTX.dialect(wire), SHORT);
        }
    }

    @Test
    void who_has_no_sockjs_is_said_not_to() {
        var comparison =
                new Comparison(
                        PROGRAMS, Wire.SOCKJS_WEBSOCKET, List.of(Peer.SPRING), 1, SHORT, p -> {});

        assertThat(comparison.run(new Echo(1, 1)).rows())
                .extracting(Table.Row::problem)
                .containsExactly("missing: SockJS");
    }

    static Stream<Scenario> scenarios() {
        return Stream.of(
                new Fanout(10, 4, 0),
                new Fanout(10, 1, 200),
                new Echo(3, 2),
                new Idle(10, Duration.ofMillis(100)),
                new Churn(3),
                new Stalled(10, 4));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void every_scenario_has_figures(Scenario scenario) {
        Figures figures = scenario.run(server, Dialect.SNORKY, SHORT);

        assertThat(figures.values()).isNotEmpty();
        assertThat(scenario.title()).isNotEmpty();
    }

    static Stream<Scenario> syncedScenarios() {
        return Stream.of(new Synced(20, 100), new SyncedOpening(20), new SyncedStalled(20, 100));
    }

    @ParameterizedTest
    @MethodSource("syncedScenarios")
    void viewers_of_a_synced_object_end_with_what_the_server_has(Scenario scenario) {
        Figures figures = scenario.run(server, Dialect.SYNCED, SHORT);

        assertThat(figures.values()).isNotEmpty();
        assertThat(scenario.title()).isNotEmpty();
    }

    @Test
    void pubsub_is_measured_beside_a_synced_object() {
        Figures figures = new Synced(20, 100).run(server, Dialect.SNORKY, SHORT);

        assertThat(figures.values()).containsKey(Figure.MESSAGE_BYTES);
    }

    @Test
    void a_viewer_who_has_something_else_is_found() {
        try (var loop = new Loop(server.port(), Dialect.SYNCED)) {
            var room = new SyncedRoom(loop, 3);
            room.awaitState();
            room.round(SHORT.measured(), 100, room.viewers());
            room.check();

            var items = room.viewers().get(1).items();
            items.set(5, items.get(6));

            assertThatThrownBy(room::check).isInstanceOf(LoadException.class);
        }
    }

    @Test
    void a_soak_loses_nothing_while_subscribers_come_and_go() {
        var soak = new Soak(10, Duration.ofSeconds(1), Duration.ofMillis(200));
        List<String> progress = new ArrayList<>();

        List<Soak.Sample> samples = soak.run(server, Dialect.SNORKY, SHORT, progress::add);

        assertThat(samples).isNotEmpty();
        assertThat(samples).allMatch(sample -> sample.heapBytes() > 0 && sample.deliveries() > 0);
        assertThat(progress).hasSize(samples.size() + 1);
    }

    @ParameterizedTest
    @MethodSource("javaPeers")
    void a_peer_in_java_can_be_measured(Peer peer) {
        try (var other = ServerProcess.start(peer.command(PROGRAMS))) {
            new Fanout(10, 4, 0).run(other, peer.dialect(Wire.WEBSOCKET), SHORT);
            new Echo(3, 2).run(other, peer.dialect(Wire.WEBSOCKET), SHORT);

            assertThat(other.title()).matches("(Vert\\.x|Spring Boot) \\d.*");
            assertThat(other.collect()).isPositive();
            assertThat(other.residentBytes()).isPositive();
        }
    }

    static Stream<Peer> javaPeers() {
        return Stream.of(Peer.VERTX, Peer.SPRING);
    }

    @Test
    void a_peer_that_is_missing_is_said_to_be() {
        var comparison =
                new Comparison(
                        PROGRAMS, Wire.WEBSOCKET, List.of(Peer.BUN), 2, SHORT, progress -> {});

        Table table = comparison.run(new Echo(1, 1));

        assertThat(table.rows())
                .extracting(Table.Row::problem)
                .containsExactly("missing: its npm packages");
    }

    @Test
    void a_server_that_does_not_start_is_told_with_its_last_words() {
        var wrong = new Programs(1, "TRAM", List.of(), Optional.empty());

        assertThatThrownBy(() -> ServerProcess.start(Peer.SNORKY.command(wrong)))
                .hasMessageContaining("No enum constant io.snorky.server.Transport.TRAM");
    }
}
