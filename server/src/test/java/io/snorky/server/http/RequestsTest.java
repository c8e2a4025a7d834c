package io.snorky.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.server.wire.Echo;
import io.snorky.server.wire.HttpReply;
import io.snorky.server.wire.Post;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.charset.StandardCharsets;

/** Requests and their answers on one connection. */
class RequestsTest {

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(at ->
                    at.httpBackend("/backend", Post.KEY, new Echo(), new LateEcho())
                            .webSocket("/ws", new Echo()));

    @AutoClose private Wire wire;

    @BeforeEach
    void connect() {
        wire = SERVER.connect();
    }

    private void expectEcho(String json) {
        HttpReply reply = wire.reply();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo(Echo.of(json));
    }

    @Test
    void a_connection_serves_one_request_after_the_other() {
        for (int i = 0; i < 3; i++) {
            wire.write(Post.body(Echo.of("\"ä\"")));

            expectEcho("\"ä\"");
        }
    }

    @Test
    void requests_that_come_together_are_answered_in_order() {
        wire.write(
                Post.body(LateEcho.of("1"))
                        + Post.body(Echo.of("2"))
                        + "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n"
                        + Post.body("no JSON")
                        + Post.body(LateEcho.of("3"))
                        + Post.body(Echo.of("4")));

        assertThat(wire.reply().body()).isEqualTo(LateEcho.of("1"));
        expectEcho("2");
        assertThat(wire.reply().status()).isEqualTo(404);
        assertThat(wire.reply().status()).isEqualTo(400);
        assertThat(wire.reply().body()).isEqualTo(LateEcho.of("3"));
        expectEcho("4");
    }

    @Test
    void so_are_more_than_are_kept_waiting() {
        var requests = new StringBuilder(Post.body(LateEcho.of("0")));
        for (int i = 1; i < 500; i++) {
            requests.append(Post.body(Echo.of(Integer.toString(i))));
        }

        wire.write(requests.toString());

        assertThat(wire.reply().body()).isEqualTo(LateEcho.of("0"));
        for (int i = 1; i < 500; i++) {
            expectEcho(Integer.toString(i));
        }
    }

    @Test
    void it_ends_after_the_answer_if_the_client_says_so() {
        wire.write(Post.body(Echo.of("1")).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));

        HttpReply reply = wire.reply();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("connection")).isEqualTo("close");
        wire.expectEnd();
    }

    @Test
    void with_HTTP_1_0_it_ends_after_the_answer() {
        wire.write(Post.body(Echo.of("1")).replace("HTTP/1.1", "HTTP/1.0"));

        expectEcho("1");
        wire.expectEnd();
    }

    @Test
    void with_HTTP_1_0_it_stays_if_the_client_says_so() {
        String request =
                Post.body(Echo.of("1"))
                        .replace("HTTP/1.1\r\n", "HTTP/1.0\r\nConnection: keep-alive\r\n");

        wire.write(request);
        HttpReply reply = wire.reply();
        assertThat(reply.header("connection")).isEqualToIgnoringCase("keep-alive");

        wire.write(request);
        expectEcho("1");
    }

    @Test
    void a_body_may_come_in_chunks() {
        wire.write(Post.head("Transfer-Encoding: chunked"));
        for (byte each : Echo.of("\"ä\"").getBytes(StandardCharsets.UTF_8)) {
            wire.write("1;why=not\r\n").write(new byte[] {each}).write("\r\n");
        }
        wire.write("0\r\nX-Trailer: 1\r\n\r\n" + Post.body(Echo.of("2")));

        expectEcho("\"ä\"");
        expectEcho("2");
    }

    @Test
    void a_request_may_come_byte_by_byte() {
        for (byte each : Post.body(Echo.of("1")).getBytes(StandardCharsets.UTF_8)) {
            wire.write(new byte[] {each});
        }

        expectEcho("1");
    }

    @Test
    void a_client_that_asks_before_it_sends_the_body_is_told_to_go_on() {
        String body = Echo.of("1");
        wire.write(Post.head("Expect: 100-continue", "Content-Length: " + body.length()));
        assertThat(wire.replyWithoutBody().status()).isEqualTo(100);

        wire.write(body);
        expectEcho("1");
    }

    @Test
    void unless_it_will_be_refused_anyway() {
        wire.write(
                Post.head("Expect: 100-continue", "Content-Length: 1000")
                        .replace(Post.KEY, "wrong"));

        assertThat(wire.reply().status()).isEqualTo(401);
        wire.expectEnd(); // whether the body still comes cannot be known
    }

    @Test
    void what_is_refused_leaves_the_connection_as_it_was() {
        wire.write(Post.body("x".repeat(60_000)).replace(Post.KEY, "wrong"));
        assertThat(wire.reply().status()).isEqualTo(401);

        wire.write(Post.body(Echo.of("1")).replace("/backend", "/elsewhere"));
        assertThat(wire.reply().status()).isEqualTo(404);

        wire.write(Post.body(Echo.of("1")).replace("POST", "PUT"));
        assertThat(wire.reply().status()).isEqualTo(405);

        wire.write(Post.body(Echo.of("1")));
        expectEcho("1");
    }

    @Test
    void the_query_of_an_address_does_not_matter() {
        wire.write(Post.body(Echo.of("1")).replace("/backend", "/backend?a=b&c"));

        expectEcho("1");
    }

    @Test
    void an_address_may_be_written_out_as_proxies_do() {
        wire.write(
                Post.body(Echo.of("1"))
                        .replace("POST /backend ", "POST HTTP://example.org:80/backend?x "));

        expectEcho("1");
    }

    @Test
    void a_handshake_waits_for_its_turn_and_no_request_may_follow_it() {
        wire.write(
                Post.body(LateEcho.of("1"))
                        + WireWebSocket.HANDSHAKE
                        + Post.body("x".repeat(5000)));

        assertThat(wire.reply().body()).isEqualTo(LateEcho.of("1"));
        assertThat(wire.replyWithoutBody().status()).isEqualTo(101);
        WireWebSocket client = WireWebSocket.opened(wire);
        client.says(Echo.of("2"));
        client.hears(Echo.of("2"));
    }

    @Test
    void a_client_that_leaves_before_its_answer_disturbs_nobody() {
        wire.write(Post.body(LateEcho.of("1")));
        wire.cut();

        try (Wire other = SERVER.connect()) {
            other.write(Post.body(LateEcho.of("2")));
            assertThat(other.reply().body()).isEqualTo(LateEcho.of("2"));
        }
    }
}
