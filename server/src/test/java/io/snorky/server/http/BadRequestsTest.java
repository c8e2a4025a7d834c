package io.snorky.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.Registry;
import io.snorky.server.BackendOptions;
import io.snorky.server.wire.Echo;
import io.snorky.server.wire.Post;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;

class BadRequestsTest {

    private static final int MAX_BODY_BYTES = 1000;

    private static final BackendOptions OPTIONS =
            new BackendOptions(MAX_BODY_BYTES, Duration.ofSeconds(60));

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(at ->
                    at.httpBackend(
                            "/backend", List.of(Post.KEY), OPTIONS, new Registry(new Echo())));

    @AutoClose private Wire wire;

    @BeforeEach
    void connect() {
        wire = SERVER.connect();
    }

    private static String echoOf(int bytes) {
        return Echo.of('"' + "x".repeat(bytes - Echo.of("\"\"").length()) + '"');
    }

    private static String chunk(String content) {
        return Integer.toHexString(content.length()) + "\r\n" + content + "\r\n";
    }

    private void expectLast(int status) {
        assertThat(wire.reply().status()).isEqualTo(status);
        wire.expectEnd();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello\r\n\r\n",
                "\u0016\u0003\u0001\u0002\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP\r\n\r\n",
                "GET / HTTP/one\r\n\r\n",
                "GET / HTTP/1.1\r\nHost localhost\r\n\r\n",
                "GET / HTTP/1.1\r\nHo st: localhost\r\n\r\n",
                "POST /backend HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                "POST /backend HTTP/1.1\r\nContent-Length: one\r\n\r\n",
                "POST /backend HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "POST /backend HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
            })
    void what_is_no_request_is_answered_with_400_and_the_end(String text) {
        wire.write(text);

        expectLast(400);
    }

    @Test
    void a_request_line_of_more_than_4_KiB_is_answered_with_414() {
        wire.write("GET /" + "x".repeat(4096));

        expectLast(414);
    }

    @Test
    void headers_of_more_than_16_KiB_are_answered_with_431() {
        wire.write("GET / HTTP/1.1\r\n" + "X-Long: value\r\n".repeat(2000));

        expectLast(431);
    }

    @Test
    void a_body_may_be_as_long_as_the_bound() {
        wire.write(Post.body(echoOf(MAX_BODY_BYTES)));

        assertThat(wire.reply().body()).isEqualTo(echoOf(MAX_BODY_BYTES));
    }

    @Test
    void a_body_of_one_byte_more_is_answered_with_413() {
        wire.write(Post.body(echoOf(MAX_BODY_BYTES + 1)));
        assertThat(wire.reply().status()).isEqualTo(413);

        wire.write(Post.body(Echo.of("1")));
        assertThat(wire.reply().body()).isEqualTo(Echo.of("1"));
    }

    @Test
    void a_body_that_would_take_long_is_not_awaited() {
        wire.write(Post.head("Content-Length: 10000000000") + "x".repeat(100_000));

        expectLast(413);
    }

    @Test
    void a_body_in_chunks_is_counted() {
        wire.write(Post.head("Transfer-Encoding: chunked") + chunk("x".repeat(MAX_BODY_BYTES)));
        wire.write(chunk("x"));

        expectLast(413);
    }

    @Test
    void a_client_that_goes_on_sending_still_gets_the_answer() {
        wire.write(Post.head("Transfer-Encoding: chunked"));
        for (int i = 0; i < 1000; i++) {
            wire.write(chunk("x".repeat(10_000)));
        }

        expectLast(413);
    }

    @Test
    void an_answer_on_its_way_comes_before_that_to_what_is_no_request() {
        wire.write(Post.body(Echo.of("1")) + "hello\r\n\r\n");

        assertThat(wire.reply().body()).isEqualTo(Echo.of("1"));
        expectLast(400);
    }
}
