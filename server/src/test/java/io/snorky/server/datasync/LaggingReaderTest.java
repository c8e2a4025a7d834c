package io.snorky.server.datasync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.snorky.Registry;
import io.snorky.server.SockJsOptions;
import io.snorky.server.TlsOptions;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.wire.Frame;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.TestCertificate;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import javax.net.ssl.SSLContext;

/** A client that does not read for a while gets what it missed from the log. */
class LaggingReaderTest {

    /** More than all that the kernel may keep between two sockets. */
    private static final int FLOOD = 2_000;

    private static final WebSocketOptions SOCKET =
            WebSocketOptions.DEFAULT.withPingInterval(Duration.ZERO);

    @TempDir private static Path folder;

    private final Todos todos = new Todos(FLOOD);
    private final RunningServer server =
            new RunningServer(at ->
                    at.webSocket("/ws", SOCKET, new Registry(todos.datasync))
                            .sockJs(
                                    "/sockjs",
                                    SockJsOptions.DEFAULT,
                                    new Registry(todos.datasync)));

    @AfterEach
    void stop() {
        server.stop();
    }

    private void flood() {
        for (int id = 1; id <= FLOOD; id++) {
            todos.insert(id);
        }
    }

    private static List<Integer> idsUntil(int last, WireWebSocket client) {
        List<Integer> ids = new ArrayList<>();
        while (ids.isEmpty() || ids.getLast() != last) {
            int id = Todos.idIn(client.frame().text());
            if (id > 0) {
                ids.add(id);
            }
        }
        return ids;
    }

    private static List<Integer> all() {
        return IntStream.rangeClosed(1, FLOOD).boxed().toList();
    }

    private void lagsAndGetsEverything(WireWebSocket slow) {
        slow.says(Todos.acquire(todos.authorize(), ""));
        assertThat(slow.frame().text()).contains("response");

        flood();

        await().until(() -> todos.figure("lagging") == 1);
        assertThat(idsUntil(FLOOD, slow)).isEqualTo(all());
        await().until(() -> todos.figure("lagging") == 0);
        todos.insert(FLOOD + 1);
        assertThat(idsUntil(FLOOD + 1, slow)).containsExactly(FLOOD + 1);
    }

    @Test
    void over_a_web_socket() {
        server.start();
        try (var slow = WireWebSocket.on(Wire.withSmallReceiveBuffer(server.address()))) {
            lagsAndGetsEverything(slow);
        }
    }

    @Test
    void over_an_encrypted_web_socket() {
        TestCertificate certificate = TestCertificate.ofAnyKind();
        Path chain = folder.resolve("chain.pem");
        Path key = folder.resolve("key.pem");
        certificate.writeTo(chain, key);
        SSLContext context = certificate.clientContext();
        var encrypted =
                new RunningServer(at ->
                        at.tls(new TlsOptions(chain, key))
                                .webSocket("/ws", SOCKET, new Registry(todos.datasync)));
        encrypted.start();
        try {
            Wire wire = Wire.withSmallReceiveBuffer(encrypted.address());
            try (var slow = WireWebSocket.on(wire.encrypted(context))) {
                lagsAndGetsEverything(slow);
            }
        } finally {
            encrypted.stop();
            server.start();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sockjs/a/b/xhr_streaming", "/sockjs/a/b/xhr"})
    void over_sock_js(String path) {
        server.start();
        assertThat(ask("/sockjs/a/b/xhr", "")).endsWith("o\n");
        String call = Todos.acquire(todos.authorize(), "").replace("\"", "\\\"");
        assertThat(ask("/sockjs/a/b/xhr_send", "[\"" + call + "\"]")).contains(" 204 ");
        List<Integer> ids = new ArrayList<>();
        try (Wire first = begin(path, "")) {
            flood();

            await().until(() -> todos.figure("lagging") == 1);
            ids.addAll(idsIn(first.rest()));
        }
        while (ids.isEmpty() || ids.getLast() != FLOOD) {
            ids.addAll(idsIn(ask("/sockjs/a/b/xhr", "")));
        }
        assertThat(ids).isEqualTo(all());
    }

    private String ask(String path, String body) {
        try (Wire wire = begin(path, body)) {
            return wire.rest();
        }
    }

    /** A request to which the answer ends with the connection. */
    private Wire begin(String path, String body) {
        return Wire.withSmallReceiveBuffer(server.address())
                .write(
                        "POST %s HTTP/1.0\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s"
                                .formatted(path, body.length(), body));
    }

    private static List<Integer> idsIn(String answer) {
        List<Integer> ids = new ArrayList<>();
        String body = answer.replace("\\\"", "\"");
        int at = body.indexOf("{\"id\":");
        while (at >= 0) {
            ids.add(Todos.idIn(body.substring(at, at + 20)));
            at = body.indexOf("{\"id\":", at + 1);
        }
        return ids;
    }

    @Test
    void one_that_falls_behind_the_beginning_of_the_log_is_told_so() {
        server.start();
        try (var slow = WireWebSocket.on(Wire.withSmallReceiveBuffer(server.address()))) {
            slow.says(Todos.acquire(todos.authorize(), ",\"offset\":null"));
            assertThat(slow.frame().text()).contains("{\"offset\":");
            flood();
            flood();
            flood();

            String text = slow.frame().text();
            while (Todos.idIn(text) > 0) {
                text = slow.frame().text();
            }
            assertThat(text).contains("\"type\":\"resync\",\"token\":");
            assertThat(todos.figure("held")).isZero();
        }
    }

    @Test
    void and_hung_up_on_if_it_would_not_understand() {
        server.start();
        try (var slow = WireWebSocket.on(Wire.withSmallReceiveBuffer(server.address()))) {
            slow.says(Todos.acquire(todos.authorize(), ""));
            assertThat(slow.frame().text()).contains("response");
            flood();
            flood();
            flood();

            Frame frame = slow.frame();
            while (frame.opcode() != Frame.CLOSE) {
                frame = slow.frame();
            }
            assertThat(frame.closeCode()).isEqualTo(4400);
        }
    }

    @Test
    void one_whose_server_stops_goes_on_at_the_next_that_has_its_service() {
        String token = todos.authorize();
        server.start();
        try (var slow = WireWebSocket.on(Wire.withSmallReceiveBuffer(server.address()))) {
            slow.says(Todos.acquire(token, ",\"offset\":null"));
            assertThat(slow.frame().text()).contains("{\"offset\":");
            flood();
            server.stop();
        }
        server.start();
        await().until(() -> todos.figure("waiting") == 1);
        assertThat(todos.figure("lagging")).isZero();

        try (var again = WireWebSocket.to(server.address())) {
            again.says(Todos.acquire(token, ",\"offset\":null"));
            List<Integer> rest = idsUntil(FLOOD, again);
            assertThat(rest).isSorted().doesNotHaveDuplicates().hasSizeLessThan(FLOOD);
        }
    }
}
