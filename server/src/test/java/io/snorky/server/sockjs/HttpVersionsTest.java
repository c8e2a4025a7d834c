package io.snorky.server.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.server.wire.HttpReply;
import io.snorky.server.wire.QuietLog;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The official suite's classes Http10, Http11 and HttpQuirks. */
@ExtendWith(QuietLog.class)
class HttpVersionsTest {

    private static final String PRELUDE = "h".repeat(2048) + "\n";

    @RegisterExtension static final RunningServer SERVER = Services.running();

    private final Http http = new Http(SERVER);

    @Test
    void http10_synchronous() {
        try (Wire wire =
                http.begin("GET /echo HTTP/1.0\r\nHost: x\r\nConnection: Keep-Alive\r\n\r\n")) {
            HttpReply reply = wire.reply();
            assertThat(reply.body()).isEqualTo("Welcome to SockJS!\n");
            assertThat(reply.header("connection")).isEqualTo("keep-alive");
            assertThat(reply.headers()).doesNotContainKey("transfer-encoding");

            wire.write("GET /echo HTTP/1.0\r\nHost: x\r\n\r\n");
            assertThat(wire.reply().body()).isEqualTo("Welcome to SockJS!\n");
            wire.expectEnd();
        }
    }

    @Test
    void http10_streaming() {
        String path = Services.session("/close") + "/xhr_streaming";
        try (Wire wire =
                http.begin("POST " + path + " HTTP/1.0\r\nHost: x\r\nContent-Length: 0\r\n\r\n")) {
            HttpReply head = wire.replyWithoutBody();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.headers()).doesNotContainKeys("transfer-encoding", "content-length");
            assertThat(wire.rest()).isEqualTo(PRELUDE + "o\nc[3000,\"Go away!\"]\n");
        }
    }

    @Test
    void http11_synchronous() {
        try (Wire wire = http.begin(Http.get("/echo"))) {
            HttpReply reply = wire.reply();
            assertThat(reply.header("content-length")).isEqualTo("19");
            assertThat(reply.header("connection")).isEmpty();

            assertThat(wire.reply(Http.get("/echo")).body()).isEqualTo("Welcome to SockJS!\n");
        }
    }

    @Test
    void http11_streaming() {
        try (Wire wire = http.begin(Http.post(Services.session("/close") + "/xhr_streaming", ""))) {
            HttpReply head = wire.replyWithoutBody();
            assertThat(head.header("transfer-encoding")).isEqualTo("chunked");
            assertThat(head.headers()).doesNotContainKey("content-length");
            assertThat(wire.chunk()).isEqualTo(PRELUDE);
            assertThat(wire.chunk()).isEqualTo("o\n");
            assertThat(wire.chunk()).isEqualTo("c[3000,\"Go away!\"]\n");
            assertThat(wire.chunk()).isEmpty();

            assertThat(wire.reply(Http.get("/echo")).status()).isEqualTo(200);
        }
    }

    @Test
    void empty_content_length_for_post() {
        assertThat(http.ask(Http.head("POST", Services.session() + "/xhr")).body())
                .isEqualTo("o\n");
    }

    @Test
    void whoever_wants_the_connection_closed_is_told_that_it_will_be() {
        String session = Services.session();
        try (Wire wire = http.begin(Http.post(session + "/xhr", "", "Connection: close"))) {
            HttpReply reply = wire.reply();
            assertThat(reply.header("connection")).isEqualTo("close");
            assertThat(reply.body()).isEqualTo("o\n");
            wire.expectEnd();
        }
        try (Wire wire =
                http.begin(
                        Http.post(
                                Services.session("/close") + "/xhr_streaming",
                                "",
                                "Connection: close"))) {
            assertThat(wire.replyWithoutBody().header("connection")).isEqualTo("close");
            wire.chunk();
            wire.chunk();
            wire.chunk();
            assertThat(wire.chunk()).isEmpty();
            wire.expectEnd();
        }
    }

    @Test
    void requests_in_a_row_are_answered_in_order() {
        String session = Services.session();
        String poll = Http.post(session + "/xhr", "");
        try (Wire wire = http.begin(poll + Http.post(session + "/xhr_send", "[\"a\"]") + poll)) {
            assertThat(wire.reply().body()).isEqualTo("o\n");
            assertThat(wire.reply().status()).isEqualTo(204);
            assertThat(wire.reply().body()).isEqualTo("a[\"a\"]\n");

            wire.write(poll + Http.get("/echo"));
            http.sends(session, "[\"b\"]");
            assertThat(wire.reply().body()).isEqualTo("a[\"b\"]\n");
            assertThat(wire.reply().body()).isEqualTo("Welcome to SockJS!\n");
        }
    }

    @Test
    void a_body_may_come_in_chunks_and_after_leave_was_given() {
        String session = Services.session();
        http.opens(session);
        try (Wire wire =
                http.begin(
                        Http.head(
                                "POST",
                                session + "/xhr_send",
                                "Transfer-Encoding: chunked",
                                "Expect: 100-continue"))) {
            assertThat(wire.replyWithoutBody().status()).isEqualTo(100);
            wire.write("3\r\n[\"a\r\n2\r\n\"]\r\n0\r\n\r\n");
            assertThat(wire.reply().status()).isEqualTo(204);
        }
        assertThat(http.polls(session)).isEqualTo("a[\"a\"]\n");
    }
}
