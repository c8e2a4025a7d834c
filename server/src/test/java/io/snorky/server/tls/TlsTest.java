package io.snorky.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.ConfigurationException;
import io.snorky.Registry;
import io.snorky.server.ConnectionLimits;
import io.snorky.server.ProxyOptions;
import io.snorky.server.ServerBuilder;
import io.snorky.server.SnorkyServer;
import io.snorky.server.TlsOptions;
import io.snorky.server.Transport;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.wire.Echo;
import io.snorky.server.wire.Frame;
import io.snorky.server.wire.Post;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.TestCertificate;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

class TlsTest {

    @TempDir private static Path folder;

    private static SSLContext client;
    private static RunningServer server;

    @BeforeAll
    static void start() {
        TestCertificate certificate = TestCertificate.ofAnyKind();
        certificate.writeTo(folder.resolve("chain.pem"), folder.resolve("key.pem"));
        client = certificate.clientContext();
        server = server(ConnectionLimits.DEFAULT, ProxyOptions.NONE, options());
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    private static TlsOptions options() {
        return new TlsOptions(folder.resolve("chain.pem"), folder.resolve("key.pem"));
    }

    private static RunningServer server(
            ConnectionLimits limits, ProxyOptions proxies, TlsOptions tls) {
        return new RunningServer(
                SnorkyServer.builder().limits(limits),
                at ->
                        at.tls(tls)
                                .behind(proxies)
                                .webSocket(
                                        "/ws", WebSocketOptions.DEFAULT, new Registry(new Echo()))
                                .httpBackend("/backend", Post.KEY, new Echo()));
    }

    private static WireWebSocket webSocket(String... protocols) {
        return WireWebSocket.on(server.connect().encrypted(client, protocols));
    }

    private static URI uri(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + server.address().getPort() + path);
    }

    @Test
    void the_back_end_is_spoken_to_with_https() throws IOException, InterruptedException {
        try (HttpClient https = HttpClient.newBuilder().sslContext(client).build()) {
            var request =
                    HttpRequest.newBuilder(uri("https", "/backend"))
                            .header("X-Backend-Key", Post.KEY)
                            .POST(HttpRequest.BodyPublishers.ofString(Echo.of("1")))
                            .build();

            for (int i = 0; i < 3; i++) {
                assertThat(https.send(request, BodyHandlers.ofString()).body())
                        .isEqualTo(Echo.of("1"));
            }
        }
    }

    @Test
    void clients_connect_with_wss() throws Exception {
        var heard = new CompletableFuture<String>();
        var closed = new CompletableFuture<Integer>();
        try (HttpClient https = HttpClient.newBuilder().sslContext(client).build()) {
            WebSocket webSocket =
                    https.newWebSocketBuilder()
                            .buildAsync(uri("wss", "/ws"), new Hearing(heard, closed))
                            .get(10, TimeUnit.SECONDS);
            webSocket.sendText(Echo.of("1"), true);
            assertThat(heard).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(Echo.of("1"));

            webSocket.sendClose(1000, "");
            assertThat(closed).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(1000);
        }
    }

    private record Hearing(CompletableFuture<String> heard, CompletableFuture<Integer> closed)
            implements WebSocket.Listener {

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence text, boolean last) {
            heard.complete(text.toString());
            webSocket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            closed.complete(code);
            return CompletableFuture.completedStage(null);
        }
    }

    @ParameterizedTest
    @EnumSource
    void it_is_spoken_on_every_transport_there_is(Transport transport) {
        ServerBuilder builder =
                SnorkyServer.builder()
                        .transport(transport)
                        .listen(0, at -> at.tls(options()).webSocket("/ws", new Echo()));
        SnorkyServer other;
        try {
            other = builder.start();
        } catch (ConfigurationException e) {
            assertThat(e).hasMessageContaining("transport: " + transport);
            return;
        }
        try (other;
                WireWebSocket socket =
                        WireWebSocket.on(Wire.to(other.addresses().get(0)).encrypted(client))) {
            String message = Echo.of("\"" + "x".repeat(100_000) + "\"");
            socket.says(message);
            socket.hears(message);
            socket.sends(Frame.close(1000));
            socket.hearsClose(1000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void both_protocols_carry_messages_of_any_size(String protocol) {
        try (WireWebSocket socket = webSocket(protocol)) {
            assertThat(socket.wire().session().getProtocol()).isEqualTo(protocol);
            for (int length : new int[] {1, 16_000, 16_384, 20_000, 1_000_000, 10}) {
                String message = Echo.of("\"" + "x".repeat(length) + "\"");
                socket.says(message);
                socket.hears(message);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_session_may_be_resumed(String protocol) {
        for (int i = 0; i < 3; i++) {
            try (WireWebSocket socket = webSocket(protocol)) {
                socket.says(Echo.of("1"));
                socket.hears(Echo.of("1"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void the_end_is_told_as_TLS_has_it(String protocol) {
        try (WireWebSocket socket = webSocket(protocol)) {
            socket.sends(Frame.close(1000));

            socket.hearsClose(1000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void who_goes_on_sending_hears_the_answer_that_ends_it(String protocol) {
        try (Wire wire = server.connect().encrypted(client, protocol)) {
            wire.write("POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n");
            wire.write(new byte[1_000_000]);

            assertThat(wire.reply().status()).isEqualTo(404);
            wire.expectEnd();
        }
    }

    @Test
    void pages_of_its_host_that_are_not_encrypted_are_strangers() {
        try (Wire wire = server.connect().encrypted(client)) {
            wire.write(
                    WireWebSocket.HANDSHAKE.replace(
                            "\r\n\r\n", "\r\nOrigin: http://localhost\r\n\r\n"));
            assertThat(wire.reply().status()).isEqualTo(403);
        }
    }

    @Test
    void a_connection_that_does_not_speak_TLS_is_closed() {
        for (String start : new String[] {WireWebSocket.HANDSHAKE, "\0\0\0\0\0\0\0", "\u0016"}) {
            try (Wire wire = server.connect()) {
                wire.write(start);
                wire.finish();

                int alert = wire.read();
                while (alert >= 0) {
                    alert = wire.read();
                }
            }
        }
    }

    @Test
    void a_connection_with_another_certificate_in_mind_is_not_made() {
        SSLContext stranger = TestCertificate.ofAnyKind().clientContext();
        try (Wire wire = server.connect()) {
            assertThatThrownBy(() -> wire.encrypted(stranger))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(SSLException.class);
        }
    }

    @Test
    void a_client_cannot_have_it_shake_hands_again() {
        try (Wire wire = server.connect().encrypted(client, "TLSv1.2")) {
            assertThatThrownBy(
                            () -> {
                                wire.renegotiate();
                                wire.write(WireWebSocket.HANDSHAKE);
                                wire.replyWithoutBody();
                            })
                    .isInstanceOfAny(UncheckedIOException.class, AssertionError.class);
        }
    }

    @Test
    void only_protocols_that_are_set_are_spoken() {
        TlsOptions old = options().withProtocols("TLSv1.2");
        RunningServer other = server(ConnectionLimits.DEFAULT, ProxyOptions.NONE, old);
        other.start();
        try (Wire wire = other.connect();
                Wire secure = other.connect().encrypted(client)) {
            assertThat(secure.session().getProtocol()).isEqualTo("TLSv1.2");
            assertThatThrownBy(() -> wire.encrypted(client, "TLSv1.3"))
                    .hasCauseInstanceOf(SSLException.class);
        } finally {
            other.stop();
        }
    }

    @Test
    void a_handshake_has_the_time_that_a_request_has() {
        var limits =
                new ConnectionLimits(
                        100,
                        100,
                        64,
                        10,
                        4096,
                        4096,
                        Duration.ofMillis(200),
                        Duration.ofSeconds(9));
        RunningServer other = server(limits, ProxyOptions.NONE, options());
        other.start();
        try (Wire silent = other.connect();
                Wire begun = other.connect()) {
            begun.write(new byte[] {0x16, 3, 1, 1, 0, 1, 0, 0, (byte) 0xfc});

            begun.expectEnd();
            silent.expectEnd();
        } finally {
            other.stop();
        }
    }

    @Test
    void who_has_too_many_connections_is_cut() {
        var limits =
                new ConnectionLimits(
                        100, 1, 64, 10, 4096, 4096, Duration.ofSeconds(9), Duration.ofSeconds(9));
        RunningServer other = server(limits, ProxyOptions.NONE, options());
        other.start();
        try (Wire first = other.connect().encrypted(client);
                Wire second = other.connect()) {
            second.expectEnd();

            WireWebSocket socket = WireWebSocket.on(first);
            socket.says(Echo.of("1"));
            socket.hears(Echo.of("1"));
        } finally {
            other.stop();
        }
    }

    @Test
    void a_proxy_says_who_it_is_before() {
        var limits =
                new ConnectionLimits(
                        100, 1, 64, 10, 4096, 4096, Duration.ofSeconds(9), Duration.ofSeconds(9));
        var proxies = new ProxyOptions(Set.of("127.0.0.1"), true);
        RunningServer other = server(limits, proxies, options());
        other.start();
        String first = "PROXY TCP4 192.0.2.1 127.0.0.1 4711 443\r\n";
        String second = "PROXY TCP4 192.0.2.2 127.0.0.1 4711 443\r\n";
        try (Wire one = other.connect().write(first).encrypted(client);
                Wire two = other.connect().write(second).encrypted(client);
                Wire three = other.connect().write(first)) {
            three.expectEnd();
            for (Wire wire : new Wire[] {one, two}) {
                WireWebSocket socket = WireWebSocket.on(wire);
                socket.says(Echo.of("1"));
                socket.hears(Echo.of("1"));
            }
        } finally {
            other.stop();
        }
    }
}
