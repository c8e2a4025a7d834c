package io.snorky.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.snorky.NonBlocking;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcService;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

class ManagementTest {

    @NonBlocking
    private static final class Counter extends RpcService {

        Counter() {
            super("counter");
        }

        @Command
        int one() {
            return 1;
        }
    }

    private static final class Slow extends RpcService {

        private final CountDownLatch started = new CountDownLatch(1);
        private final CountDownLatch gate = new CountDownLatch(1);

        Slow() {
            super("slow");
        }

        @Command
        String work() throws InterruptedException {
            started.countDown();
            gate.await();
            return "done";
        }
    }

    private final Slow slow = new Slow();
    private final HttpClient http = HttpClient.newHttpClient();
    private final SnorkyServer server =
            SnorkyServer.builder()
                    .listen(0, port -> port.webSocket("/ws", new Counter(), slow))
                    .management("127.0.0.1", 0)
                    .drainWindow(Duration.ofSeconds(7))
                    .start();

    @AfterEach
    void stop() {
        slow.gate.countDown();
        server.close();
        http.close();
    }

    @Test
    void health_says_ready() throws Exception {
        HttpResponse<String> health = get("/health");

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body().strip())
                .isEqualTo("{\"alive\":true,\"ready\":true,\"draining\":false}");
    }

    @Test
    void metrics_count_what_comes_in_and_goes_out_and_how_long_commands_take() throws Exception {
        var heard = new Heard();
        WebSocket socket = connect(heard);

        socket.sendText(call("counter", "one"), true).join();
        socket.sendText("nonsense", true).join();
        socket.sendText(call("counter", "one"), true).join();
        await().until(() -> heard.messages.size() == 2);

        assertThat(get("/metrics").body())
                .contains("snorky_clients 1.0")
                .contains("snorky_messages_in_total 3.0")
                .contains("snorky_messages_malformed_total 1.0")
                .contains("snorky_deliveries_total 2.0")
                .contains("snorky_command_duration_seconds_count{command=\"counter.one\"}")
                .contains("snorky_drops_total{reason=\"slow_reader\"} 0.0");
        socket.abort();
    }

    @Test
    void a_stopping_server_finishes_commands_says_when_to_come_back_and_that_it_is_draining()
            throws Exception {
        var heard = new Heard();
        WebSocket socket = connect(heard);
        socket.sendText(call("slow", "work"), true).join();
        slow.started.await();

        Thread stopping = Thread.startVirtualThread(server::close);
        await().until(() -> get("/health").statusCode() == 503);
        String health = get("/health").body();
        slow.gate.countDown();
        stopping.join();

        assertThat(health).contains("\"draining\":true");
        assertThat(heard.messages)
                .containsExactly(
                        "{\"service\":\"slow\",\"message\":{\"type\":\"response\",\"data\":\"done\"}}");
        await().until(() -> heard.closeCode == 1001);
        assertThat(heard.closeText).matches("retry-after-ms=[0-7]?\\d{0,3}");
    }

    private static String call(String service, String command) {
        return "{\"service\":\"%s\",\"message\":{\"command\":\"%s\",\"params\":{}}}"
                .formatted(service, command);
    }

    private WebSocket connect(Heard heard) {
        int port = server.addresses().getFirst().getPort();
        return http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), heard)
                .join();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        InetSocketAddress address = server.managementAddress().orElseThrow();
        URI uri = URI.create("http://127.0.0.1:" + address.getPort() + path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
