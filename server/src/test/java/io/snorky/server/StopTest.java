package io.snorky.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.snorky.ConfigurationException;
import io.snorky.Registry;
import io.snorky.server.wire.Echo;
import io.snorky.server.wire.Frame;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Starting and stopping. */
class StopTest {

    @AutoClose
    private final SnorkyServer server =
            SnorkyServer.builder()
                    .listen(0, at -> at.webSocket("/ws", new Echo()))
                    .listen(0, at -> at.webSocket("/ws", new Echo()))
                    .shutdownTimeout(Duration.ofSeconds(30))
                    .start();

    private InetSocketAddress address() {
        return server.addresses().get(0);
    }

    @Test
    void every_client_is_told_with_1001_and_may_say_goodbye() {
        try (WireWebSocket client = WireWebSocket.to(address());
                WireWebSocket other = WireWebSocket.to(server.addresses().get(1))) {
            client.says(Echo.of("1"));
            client.hears(Echo.of("1"));

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);

            for (WireWebSocket each : new WireWebSocket[] {client, other}) {
                assertThat(each.frame().closeCode()).isEqualTo(1001);
                assertThat(stopped).isNotDone();
                each.sends(Frame.close(1001));
                each.wire().expectEnd();
                each.wire().cut();
            }

            assertThat(stopped).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void a_client_that_does_not_answer_is_not_waited_for_longer_than_said() {
        SnorkyServer hasty =
                SnorkyServer.builder()
                        .listen(0, at -> at.webSocket("/ws", new Echo()))
                        .shutdownTimeout(Duration.ofMillis(100))
                        .start();
        try (WireWebSocket client = WireWebSocket.to(hasty.addresses().get(0))) {
            hasty.close();

            assertThat(client.frame().closeCode()).isEqualTo(1001);
            client.wire().expectEnd();
        }
    }

    @Test
    void one_that_says_goodbye_and_waits_for_the_end_need_not_wait_long() {
        SnorkyServer patient =
                SnorkyServer.builder()
                        .listen(0, at -> at.webSocket("/ws", new Echo()))
                        .shutdownTimeout(Duration.ofMinutes(1))
                        .start();
        try (WireWebSocket client = WireWebSocket.to(patient.addresses().get(0))) {
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(patient::close);
            assertThat(client.frame().closeCode()).isEqualTo(1001);

            client.sends(Frame.text(Echo.of("1")), Frame.close(1001));

            client.wire().expectEnd();
            client.close();
            assertThat(stopped).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @RepeatedTest(20)
    void who_has_just_connected_is_told_too() {
        try (WireWebSocket client = WireWebSocket.to(address())) {
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);

            assertThat(client.frame().closeCode()).isEqualTo(1001);

            client.wire().cut();
            assertThat(stopped).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void nobody_is_accepted_any_more_while_it_stops() {
        try (WireWebSocket client = WireWebSocket.to(address())) {
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
            assertThat(client.frame().closeCode()).isEqualTo(1001);

            assertThatThrownBy(() -> Wire.to(address())).isInstanceOf(UncheckedIOException.class);

            client.wire().cut();
            assertThat(stopped).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void its_ports_are_free_afterwards() {
        server.close();

        try (SnorkyServer next =
                SnorkyServer.builder().listen(address().getPort(), at -> {}).start()) {
            assertThat(next.addresses()).containsExactly(address());
        }
    }

    @Test
    void who_waits_for_its_end_is_woken_and_closing_again_changes_nothing() {
        CompletableFuture<Void> waiting =
                CompletableFuture.runAsync(() -> {
                    try {
                        server.awaitShutdown();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                });
        assertThat(waiting).isNotDone();

        server.close();
        server.close();

        await().until(waiting::isDone);
    }

    @Test
    void it_listens_on_loopback_unless_told_otherwise() {
        assertThat(server.addresses())
                .allSatisfy(each -> assertThat(each.getAddress().isLoopbackAddress()).isTrue());
    }

    @Test
    void a_port_in_use_is_named_and_the_others_are_given_back() {
        int used = address().getPort();
        int free = freePort();
        var builder = SnorkyServer.builder().listen(free, at -> {}).listen(used, at -> {});

        assertThatThrownBy(builder::start)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("127.0.0.1:" + used)
                .hasMessageNotContaining("127.0.0.1:" + free);

        SnorkyServer.builder().listen(free, at -> {}).start().close();
    }

    private static int freePort() {
        try (SnorkyServer some = SnorkyServer.builder().listen(0, at -> {}).start()) {
            return some.addresses().get(0).getPort();
        }
    }

    @Test
    void two_endpoints_of_one_path_are_refused() {
        var builder = SnorkyServer.builder();

        assertThatThrownBy(() -> builder.listen(0, at -> at.webSocket("/ws").webSocket("/ws")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("/ws");
        assertThatThrownBy(() -> builder.listen(0, at -> at.webSocket("ws")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("ws (expected: starting with /)");
    }

    @ParameterizedTest
    @EnumSource
    void it_runs_on_every_transport_there_is(Transport transport) {
        ServerBuilder builder =
                SnorkyServer.builder()
                        .transport(transport)
                        .listen(
                                0,
                                at ->
                                        at.webSocket(
                                                "/ws",
                                                WebSocketOptions.DEFAULT,
                                                new Registry(new Echo())));
        SnorkyServer other;
        try {
            other = builder.start();
        } catch (ConfigurationException e) {
            assertThat(e).hasMessageContaining("transport: " + transport);
            return;
        }
        try (other;
                WireWebSocket client = WireWebSocket.to(other.addresses().get(0))) {
            client.says(Echo.of("1"));
            client.hears(Echo.of("1"));

            client.sends(Frame.close(1000));
            client.hearsClose(1000);
        }
    }
}
