package io.snorky.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.ConfigurationException;
import io.snorky.server.SnorkyServer;
import io.snorky.server.wire.Frame;
import io.snorky.server.wire.TestCertificate;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What stands in the file is what the server does. */
class StandaloneServerTest {

    private static final String FILE =
            """
            frontend:
              port: 0
              subprotocols: [snorky]
              inbound: {max-message-bytes: 1 KiB}
              compression: {enabled: true}
              sockjs: {path: /sockjs, switched-off: [jsonp], max-message-bytes: 200}
              tls: {certificate-chain: chain.pem, private-key: key.pem}
            backend:
              port: 0
              keys: [swordfish]
              max-body-bytes: 10
            management: {port: 0}
            limits: {max-request-line-bytes: 100}
            server: {transport: nio, event-loops: 1, drain-window: 0 s}
            dealers: [{name: AllTasks, model: Task}]
            """;

    private final TestCertificate certificate = TestCertificate.ofAnyKind();
    @TempDir private Path folder;

    @BeforeEach
    void writeCertificate() {
        certificate.writeTo(folder.resolve("chain.pem"), folder.resolve("key.pem"));
    }

    private SnorkyServer start(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("snorky.yaml"), yaml);
        return StandaloneServer.start(ServerConfig.read(file, Map.of()));
    }

    @Test
    void the_front_end_is_as_it_says() throws IOException {
        try (SnorkyServer server = start(FILE);
                Wire wire = connect(server)) {
            wire.write(
                    WireWebSocket.offering("permessage-deflate")
                            .replace("\r\n\r\n", "\r\nSec-WebSocket-Protocol: snorky\r\n\r\n"));

            var reply = wire.replyWithoutBody();
            assertThat(reply.status()).isEqualTo(101);
            assertThat(reply.header("sec-websocket-protocol")).isEqualTo("snorky");
            assertThat(reply.header("sec-websocket-extensions")).startsWith("permessage-deflate");
            WireWebSocket client = WireWebSocket.opened(wire);
            client.sends(Frame.bytes(Frame.FIN | Frame.TEXT, new byte[1025]));
            client.hearsClose(1009);
        }
    }

    @Test
    void SockJS_is_there_if_it_says_so() throws IOException {
        try (SnorkyServer server = start(FILE.replace("0 s}", "0 s, shutdown-timeout: 0 s}"));
                Wire wire = connect(server)) {
            assertThat(wire.reply(post("/sockjs/000/one/xhr", "")).body()).isEqualTo("o\n");
            String subscription =
                    "[\"{\\\"service\\\":\\\"pubsub\\\",\\\"message\\\":{\\\"command\\\":"
                        + "\\\"subscribe\\\",\\\"params\\\":{\\\"channel\\\":1},\\\"callId\\\":2}}\"]";
            assertThat(wire.reply(post("/sockjs/000/one/xhr_send", subscription)).status())
                    .isEqualTo(204);
            assertThat(wire.reply(post("/sockjs/000/one/xhr", "")).body())
                    .contains("\\\"callId\\\":2");

            String switchedOff = "GET /sockjs/000/two/jsonp?c=x HTTP/1.1\r\nHost: x\r\n\r\n";
            assertThat(wire.reply(switchedOff).status()).isEqualTo(404);
            String tooLarge = "[\"" + "x".repeat(200) + "\"]";
            assertThat(wire.reply(post("/sockjs/000/one/xhr_send", tooLarge)).status())
                    .isEqualTo(413);
        }
    }

    private static String post(String path, String body) {
        return "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(path, body.length(), body);
    }

    private Wire connect(SnorkyServer server) {
        return Wire.to(server.addresses().get(0)).encrypted(certificate.clientContext());
    }

    @Test
    void so_are_the_back_end_and_the_limits() throws IOException {
        try (SnorkyServer server = start(FILE);
                Wire wire = Wire.to(server.addresses().get(1));
                Wire other = Wire.to(server.addresses().get(1))) {
            wire.write(
                    "POST /backend HTTP/1.1\r\nX-Backend-Key: swordfish\r\n"
                            + "Content-Length: 11\r\n\r\n12345678901");
            assertThat(wire.reply().status()).isEqualTo(413);

            other.write("GET /" + "x".repeat(100) + " HTTP/1.1\r\n\r\n");
            assertThat(other.reply().status()).isEqualTo(414);
        }
    }

    @Test
    void so_are_the_port_for_operators_and_the_end() throws IOException {
        SnorkyServer server = start(FILE);
        try (WireWebSocket client = WireWebSocket.on(connect(server))) {
            InetSocketAddress management = server.managementAddress().orElseThrow();
            try (Wire operator = Wire.to(management)) {
                String health = operator.reply("GET /health HTTP/1.1\r\nHost: x\r\n\r\n").body();
                assertThat(health).contains("\"ready\":true");
            }

            Thread stopping = Thread.startVirtualThread(server::close);

            Frame close = client.frame();
            assertThat(close.closeCode()).isEqualTo(1001);
            assertThat(close.text()).endsWith("retry-after-ms=0");
            client.wire().cut();
            assertThat(stopping).satisfies(Thread::join);
        }
    }

    @Test
    void without_its_section_there_is_no_port_for_operators() throws IOException {
        try (SnorkyServer server = start(FILE.replace("management: {port: 0}\n", ""))) {
            assertThat(server.managementAddress()).isEmpty();
        }
    }

    @Test
    void what_shows_only_at_the_start_is_told_with_its_value_too() {
        assertThatThrownBy(() -> start(FILE.replace("chain.pem", "other.pem")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(folder.resolve("other.pem") + " (expected: a file");
        assertThatThrownBy(() -> start(FILE.replace("management: {", "management: {host: a b, ")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("a b")
                .hasMessageContaining("(expected: an address that is free)");
    }
}
