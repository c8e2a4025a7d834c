package io.snorky.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.server.wire.Frame;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The process that {@code snorky serve} runs, from its start to SIGTERM. */
class ProcessTest {

    private static final String FILE =
            """
            frontend: {port: 0}
            backend: {port: 0, keys: [swordfish]}
            server: {drain-window: 3 s, shutdown-timeout: 2 s}
            dealers: [{name: AllTasks, model: Task}]
            """;

    /** As a shell reports a process that SIGTERM has ended. */
    private static final int ENDED_BY_SIGTERM = 143;

    @TempDir private Path folder;
    private Process process;
    private BufferedReader output;
    private InetSocketAddress frontend;

    @BeforeEach
    void start() throws IOException {
        process = run(FILE);
        output = process.inputReader();
        frontend = addressIn(output.readLine());
        addressIn(output.readLine());
        assertThat(output.readLine()).isEqualTo("ready");
    }

    @AfterEach
    void kill() {
        process.destroyForcibly();
    }

    private Process run(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("snorky.yaml"), yaml);
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SnorkyCli.class.getName(),
                        "serve",
                        "--config",
                        file.toString())
                .redirectErrorStream(false)
                .redirectError(folder.resolve("errors").toFile())
                .start();
    }

    private static InetSocketAddress addressIn(String line) {
        assertThat(line).matches("listening on /127\\.0\\.0\\.1:\\d+");
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(),
                Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
    }

    @Test
    void on_SIGTERM_it_tells_each_client_when_to_come_back_and_ends() throws Exception {
        List<WireWebSocket> clients = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            clients.add(WireWebSocket.to(frontend));
        }

        process.destroy();

        List<Integer> moments = clients.stream().map(ProcessTest::comesBackAfter).toList();
        assertThat(moments).allSatisfy(millis -> assertThat(millis).isBetween(0, 3_000));
        assertThat(moments.stream().distinct()).as("spread").hasSizeGreaterThan(25);
        assertThatThrownBy(() -> Wire.to(frontend)).isInstanceOf(UncheckedIOException.class);
        clients.forEach(WireWebSocket::close);
        assertThat(process.waitFor()).isEqualTo(ENDED_BY_SIGTERM);
    }

    private static int comesBackAfter(WireWebSocket client) {
        Frame close = client.frame();
        assertThat(close.closeCode()).isEqualTo(1001);
        String reason = close.text().substring(2);
        assertThat(reason).startsWith("retry-after-ms=");
        client.sends(Frame.close(1001));
        return Integer.parseInt(reason.substring(reason.indexOf('=') + 1));
    }

    @Test
    void it_ends_in_time_even_if_a_client_does_not() throws Exception {
        try (WireWebSocket client = WireWebSocket.to(frontend)) {
            process.destroy();

            assertThat(client.frame().closeCode()).isEqualTo(1001);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
        }
    }

    @Test
    void a_file_that_is_wrong_ends_it_at_once_with_all_that_is_wrong() throws Exception {
        Process other = run("frontend: {port: x}\nlimits: {max-handshakes: 0}\n");

        assertThat(other.waitFor()).isEqualTo(1);
        assertThat(folder.resolve("errors"))
                .content()
                .contains("frontend.port: x (expected: ")
                .contains("limits.max-handshakes: 0 (expected: ")
                .contains("backend.keys: none or empty (expected: ")
                .contains("dealers: none (expected: ");
    }
}
