package io.snorky.server.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.snorky.server.OutboundLimits;
import io.snorky.server.SockJsOptions;
import io.snorky.server.TlsOptions;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.wire.HttpReply;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.TestCertificate;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;
import io.snorky.sync.DownloadSource;
import io.snorky.sync.SessionState;
import io.snorky.sync.SyncSession;
import io.snorky.sync.SyncSessions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import javax.net.ssl.SSLContext;

/** Files that browsers fetch by HTTP (16.21). */
class DownloadTest {

    private static final byte[] BIG = new byte[1 << 20];
    private static final long HUGE_BYTES = 64L << 20;

    /** More than the kernel may keep between two sockets. */
    private static final int IN_KERNEL_BYTES = 12 << 20;

    private static final WebSocketOptions IMPATIENT =
            WebSocketOptions.DEFAULT.withOutbound(
                    new OutboundLimits(1 << 20, Duration.ofMillis(300)));

    private static final SyncSessions SESSIONS =
            SyncSessions.single(session -> new SessionState() {});
    private static final SyncSessions OVER_SOCKJS =
            SyncSessions.single(session -> new SessionState() {});
    private static final SyncSessions OF_IMPATIENT =
            SyncSessions.single(session -> new SessionState() {});

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(at ->
                    at.sync("/sync", SESSIONS)
                            .sync("/sockjs", SockJsOptions.DEFAULT, OVER_SOCKJS)
                            .sync("/impatient", IMPATIENT, OF_IMPATIENT));

    @TempDir Path folder;

    /** Content that does not end, and says how much of it was read and whether it was closed. */
    private static final class Endless extends InputStream {
        final AtomicLong read = new AtomicLong();
        final AtomicBoolean closed = new AtomicBoolean();

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            read.addAndGet(length);
            return length;
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    /** What the browser of a session is told when the session offers something. */
    private static String told(String path, SyncSessions sessions, DownloadSource source) {
        return told(path, sessions, "a.bin", source);
    }

    private static String told(
            String path, SyncSessions sessions, String filename, DownloadSource source) {
        try (var socket = WireWebSocket.on(SERVER.connect(), path)) {
            await().until(() -> sessions.sessions().stream().anyMatch(SyncSession::isConnected));
            assertThat(sessions.sessions().getFirst().download(filename, source)).isTrue();
            String text = socket.frame().text();
            return text.substring(text.lastIndexOf(":\"") + 2, text.lastIndexOf("\"}}"));
        }
    }

    private static String offered(DownloadSource source) {
        return "/sync/" + told("/sync", SESSIONS, source);
    }

    private static String request(String method, String target) {
        return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    private static HttpReply get(String target) {
        try (Wire wire = SERVER.connect()) {
            return wire.reply(request("GET", target));
        }
    }

    @Test
    void it_is_to_be_saved_and_never_shown() {
        HttpReply reply = get(offered(DownloadSource.of(bytes("<script>"))));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("<script>");
        assertThat(reply.headers())
                .containsEntry("content-type", "application/octet-stream")
                .containsEntry("content-disposition", "attachment; filename*=UTF-8''a.bin")
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("cache-control", "no-store")
                .doesNotContainKey("access-control-allow-origin");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void it_is_fetched_once_and_a_look_at_its_head_does_not_count() {
        String address = offered(DownloadSource.of(BIG));
        try (Wire wire = SERVER.connect()) {
            HttpReply head = wire.write(request("HEAD", address)).replyWithoutBody();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-length")).isEqualTo("1048576");

            assertThat(wire.reply(request("GET", address)).body()).hasSize(BIG.length);
            assertThat(wire.reply(request("GET", address)).status()).isEqualTo(404);
            wire.write(request("HEAD", address));
            assertThat(wire.replyWithoutBody().status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "%00", "../sync", "a/b", "?x"})
    void a_wrong_token_is_nothing_that_is_served(String token) {
        HttpReply reply = get("/sync/download/" + token);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).isEqualTo(get("/nowhere").body());
    }

    @Test
    void it_is_only_to_be_read() {
        String address = offered(DownloadSource.of(BIG));
        try (Wire wire = SERVER.connect()) {
            HttpReply reply = wire.reply(request("DELETE", address));

            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.header("allow")).isEqualTo("GET, HEAD");
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "a b\"c;d'e%f*.txt, a%20b%22c%3Bd%27e%25f%2A.txt",
                "Überraschung 🐟, %C3%9Cberraschung%20%F0%9F%90%9F",
                "../../etc/passwd, .._.._etc_passwd",
                "C:\\\\x, C%3A__x",
            })
    void its_name_does_no_harm_in_a_header(String name, String encoded) {
        assertThat(Attachment.disposition(name))
                .isEqualTo("attachment; filename*=UTF-8''" + encoded);
    }

    @Test
    void its_name_does_not_end_the_header() {
        String name = "a\r\nSet-Cookie: x=1\r\n\r\n\0<b>\u0085";
        String address = "/sync/" + told("/sync", SESSIONS, name, DownloadSource.of(bytes("body")));

        HttpReply reply = get(address);

        assertThat(reply.header("content-disposition"))
                .isEqualTo("attachment; filename*=UTF-8''a__Set-Cookie%3A%20x%3D1_____%3Cb%3E_");
        assertThat(reply.headers()).doesNotContainKey("set-cookie");
        assertThat(reply.body()).isEqualTo("body");
    }

    @Test
    void over_SockJS_it_is_fetched_by_HTTP_too() {
        String url = told("/sockjs/websocket", OVER_SOCKJS, DownloadSource.of(bytes("fish")));

        assertThat(get("/sockjs/" + url).body()).isEqualTo("fish");
    }

    @Test
    void one_of_no_known_length_comes_in_chunks_and_the_connection_goes_on() {
        String address = offered(() -> new ByteArrayInputStream(bytes("fish")));
        try (Wire wire = SERVER.connect()) {
            HttpReply head = wire.write(request("GET", address)).replyWithoutBody();
            assertThat(head.header("transfer-encoding")).isEqualTo("chunked");
            assertThat(wire.chunk()).isEqualTo("fish");
            assertThat(wire.chunk()).isEmpty();

            assertThat(wire.reply(request("GET", address)).status()).isEqualTo(404);
        }
    }

    @Test
    void to_HTTP_1_0_it_ends_with_the_connection() {
        String address = offered(() -> new ByteArrayInputStream(bytes("fish")));
        try (Wire wire = SERVER.connect()) {
            wire.write("GET " + address + " HTTP/1.0\r\n\r\n");
            assertThat(wire.replyWithoutBody().headers()).doesNotContainKey("transfer-encoding");
            assertThat(wire.rest()).isEqualTo("fish");
        }
    }

    @Test
    void a_large_file_comes_whole() throws IOException {
        Path file = folder.resolve("huge");
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(HUGE_BYTES);
            sparse.seek(HUGE_BYTES - 1);
            sparse.write(7);
        }
        String address = offered(DownloadSource.of(file));

        try (Wire wire = SERVER.connect()) {
            HttpReply head = wire.write(request("GET", address)).replyWithoutBody();
            assertThat(head.header("content-length")).isEqualTo(Long.toString(HUGE_BYTES));
            for (long left = HUGE_BYTES - 1; left > 0; ) {
                int count = (int) Math.min(left, BIG.length);
                wire.read(count);
                left -= count;
            }
            assertThat(wire.read()).isEqualTo(7);
            assertThat(wire.reply(request("GET", "/nowhere")).status()).isEqualTo(404);
        }
    }

    @Test
    void no_more_is_read_of_it_than_the_peer_takes() {
        var content = new Endless();
        String address = offered(() -> content);
        try (Wire slow = Wire.withSmallReceiveBuffer(SERVER.address())) {
            slow.write(request("GET", address)).replyWithoutBody();
            slow.chunk();
            for (int i = 0; i < 500; i++) {
                assertThat(slow.chunk()).isNotEmpty();
            }
            assertThat(content.read).hasValueLessThan(500 * (64L << 10) + IN_KERNEL_BYTES);
            slow.cut();
        }
        await().untilTrue(content.closed);
    }

    @Test
    void nor_over_TLS() {
        TestCertificate certificate = TestCertificate.ofAnyKind();
        Path chain = folder.resolve("chain.pem");
        Path key = folder.resolve("key.pem");
        certificate.writeTo(chain, key);
        SSLContext context = certificate.clientContext();
        var encrypted =
                new RunningServer(at -> at.tls(new TlsOptions(chain, key)).sync("/sync", SESSIONS));
        var content = new Endless();
        String address = offered(() -> content);
        encrypted.start();
        try (Wire slow = Wire.withSmallReceiveBuffer(encrypted.address()).encrypted(context)) {
            slow.write(request("GET", address)).replyWithoutBody();
            for (int i = 0; i < 100; i++) {
                assertThat(slow.chunk()).isNotEmpty();
            }
            assertThat(content.read).hasValueLessThan(100 * (64L << 10) + IN_KERNEL_BYTES);
        } finally {
            encrypted.stop();
        }
        await().untilTrue(content.closed);
    }

    @Test
    void a_peer_that_takes_nothing_is_cut() {
        var content = new Endless();
        String url = told("/impatient", OF_IMPATIENT, () -> content);
        try (Wire stalled = Wire.withSmallReceiveBuffer(SERVER.address())) {
            stalled.write(request("GET", "/impatient/" + url));

            await().untilTrue(content.closed);
        }
    }

    @Test
    void what_cannot_be_opened_is_an_error_of_the_server() {
        String address = offered(DownloadSource.of(folder.resolve("none")));

        HttpReply reply = get(address);

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).isEqualTo("Cannot be read\n");
        assertThat(reply.headers()).doesNotContainKey("content-disposition");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_ends_too_early_is_not_taken_for_all(boolean fails) throws IOException {
        Path file = folder.resolve("short");
        Files.writeString(file, "short");
        String address =
                offered(
                        new DownloadSource() {
                            @Override
                            public InputStream open() throws IOException {
                                InputStream all = Files.newInputStream(file);
                                return fails ? failing(all) : all;
                            }

                            @Override
                            public OptionalLong length() {
                                return fails ? OptionalLong.empty() : OptionalLong.of(6);
                            }
                        });
        try (Wire wire = SERVER.connect()) {
            wire.write(request("GET", address)).replyWithoutBody();

            assertThat(wire.rest()).doesNotEndWith("0\r\n\r\n").contains("short");
        }
    }

    private static InputStream failing(InputStream all) {
        return new FilterInputStream(all) {
            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                int count = super.read(bytes, from, length);
                if (count < 0) {
                    throw new IOException("This disk always fails");
                }
                return count;
            }
        };
    }
}
