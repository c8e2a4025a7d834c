package io.snorky.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.snorky.server.wire.Echo;
import io.snorky.server.wire.HttpReply;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

class ConnectionLimitsTest {

    private static final String GET = "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(500);

    private final List<Wire> wires = new ArrayList<>();
    private RunningServer server = serverWith(ConnectionLimits.DEFAULT);

    private static RunningServer serverWith(ConnectionLimits limits) {
        return new RunningServer(
                SnorkyServer.builder().limits(limits), at -> at.webSocket("/ws", new Echo()));
    }

    private void startWithCounts(int connections, int perAddress, int handshakes) {
        start(
                new ConnectionLimits(
                        connections, perAddress, 64, handshakes, 4096, 16_384, LONG, LONG));
    }

    private void startWithTimeouts(Duration request, Duration idle) {
        start(new ConnectionLimits(100, 100, 64, 100, 4096, 16_384, request, idle));
    }

    private void start(ConnectionLimits limits) {
        server = serverWith(limits);
        server.start();
    }

    @AfterEach
    void stop() {
        wires.forEach(Wire::close);
        server.stop();
    }

    private Wire connect() {
        Wire wire = server.connect();
        wires.add(wire);
        return wire;
    }

    private static void expectServed(Wire wire) {
        assertThat(wire.reply(GET).status()).isEqualTo(404);
    }

    private void expectOneMoreIsRefused() {
        Wire wire = connect();
        HttpReply reply = wire.reply();
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("retry-after")).isNotEmpty();
        wire.expectEnd();
    }

    @Test
    void one_connection_too_many_is_refused_until_another_goes() {
        startWithCounts(2, 100, 100);
        expectServed(connect());
        WireWebSocket second = WireWebSocket.on(connect());
        expectOneMoreIsRefused();

        second.close();

        await().untilAsserted(() -> assertThat(connect().reply(GET).status()).isEqualTo(404));
        expectOneMoreIsRefused();
    }

    @Test
    void so_is_one_too_many_of_an_address() {
        startWithCounts(100, 2, 100);
        expectServed(connect());
        WireWebSocket.on(connect());

        expectOneMoreIsRefused();
    }

    @Test
    void who_says_nothing_makes_others_wait_and_nobody_is_refused() {
        startWithCounts(100, 100, 2);
        Wire silent = connect();
        Wire undecided = connect().write("GET ");
        Wire third = connect();

        silent.close();
        expectServed(third);

        undecided.write("/nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(undecided.reply().status()).isEqualTo(404);
        expectServed(connect());
    }

    @Test
    void a_port_that_waited_accepts_again_however_connections_come_and_go() {
        startWithCounts(100, 100, 1);
        List<CompletableFuture<Void>> crowd = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            crowd.add(CompletableFuture.runAsync(this::comeAndGo));
        }

        assertThat(crowd).allSatisfy(each -> assertThat(each).succeedsWithin(LONG));
        expectServed(connect());
    }

    private void comeAndGo() {
        for (int i = 0; i < 300; i++) {
            try (Wire wire = server.connect()) {
                expectServed(wire);
            }
        }
    }

    @Test
    void a_first_request_that_does_not_come_is_answered_with_408() {
        startWithTimeouts(SHORT, LONG);
        Wire silent = connect();
        Wire dribbling = connect().write("GET / HTTP/1.1\r\n");

        for (Wire wire : List.of(silent, dribbling)) {
            assertThat(wire.reply().status()).isEqualTo(408);
            wire.expectEnd();
        }
    }

    @Test
    void a_body_that_does_not_come_is_answered_with_408() {
        startWithTimeouts(SHORT, LONG);
        Wire wire = connect();
        expectServed(wire);

        wire.write("POST /nothing HTTP/1.1\r\nContent-Length: 10\r\n\r\n123");

        assertThat(wire.reply().status()).isEqualTo(408);
        wire.expectEnd();
    }

    @Test
    void a_connection_that_rests_too_long_ends() {
        startWithTimeouts(LONG, SHORT);
        Wire wire = connect();
        expectServed(wire);
        expectServed(wire);

        wire.expectEnd();
    }

    @Test
    void a_WebSocket_may_rest_as_long_as_it_likes() {
        startWithTimeouts(SHORT, SHORT);
        WireWebSocket client = WireWebSocket.on(connect());
        Wire later = connect();
        assertThat(later.reply().status()).isEqualTo(408);

        client.says(Echo.of("1"));
        client.hears(Echo.of("1"));
    }
}
