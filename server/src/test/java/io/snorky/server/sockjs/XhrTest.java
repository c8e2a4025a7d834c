package io.snorky.server.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.server.wire.HttpReply;
import io.snorky.server.wire.QuietLog;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The official suite's classes XhrPolling and XhrStreaming. */
@ExtendWith(QuietLog.class)
class XhrTest {

    @RegisterExtension static final RunningServer SERVER = Services.running();

    private final Http http = new Http(SERVER);

    @ParameterizedTest
    @CsvSource({"xhr, test", "xhr_send, test", "xhr_streaming, test", "xhr, null"})
    void options(String transport, String origin) {
        String path = Services.session() + "/" + transport;

        Http.expectPreflight(
                http.ask(Http.options(path, "Origin: " + origin)), origin, "OPTIONS, POST");
    }

    @Test
    void transport() {
        String session = Services.session();
        HttpReply open = http.ask(Http.post(session + "/xhr", "", "Origin: test"));
        assertThat(open.body()).isEqualTo("o\n");
        assertThat(open.header("content-type")).isEqualTo(Http.SCRIPT);
        Http.expectNoCache(open);
        Http.expectCrossOrigin(open, "test");

        HttpReply sent = http.ask(Http.post(session + "/xhr_send", "[\"x\"]", "Origin: test"));
        assertThat(sent.status()).isEqualTo(204);
        assertThat(sent.body()).isEmpty();
        assertThat(sent.header("content-type")).isEqualTo(Http.TEXT);
        assertThat(sent.headers()).doesNotContainKeys("content-length", "transfer-encoding");
        Http.expectNoCache(sent);
        Http.expectCrossOrigin(sent, "test");

        HttpReply poll = http.ask(Http.post(session + "/xhr", "", "Origin: test"));
        assertThat(poll.body()).isEqualTo("a[\"x\"]\n");
        Http.expectCrossOrigin(poll, "test");
    }

    @Test
    void what_is_said_to_a_page_is_not_said_to_the_next() {
        String session = Services.session();
        http.opens(session);

        for (String origin : new String[] {"one", "two", "two", "null", "one"}) {
            String request = Http.post(session + "/xhr_send", "[]", "Origin: " + origin);
            Http.expectCrossOrigin(http.ask(request), origin);
        }
        HttpReply noPage = http.ask(Http.post(session + "/xhr_send", "[]"));
        assertThat(noPage.header("access-control-allow-origin")).isEqualTo("*");
        assertThat(noPage.headers()).doesNotContainKey("access-control-allow-credentials");
        HttpReply form = http.ask(Http.post(session + "/jsonp_send", "[]"));
        assertThat(form.body()).isEqualTo("ok");
        assertThat(form.headers()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void invalid_session() {
        HttpReply reply =
                http.ask(Http.post(Services.session() + "/xhr_send", "[\"x\"]", "Origin: test"));

        assertThat(reply.status()).isEqualTo(404);
        Http.expectCrossOrigin(reply, "test");
    }

    @Test
    void invalid_json() {
        String session = Services.session();
        http.opens(session);

        expectRefusal(session, "[\"x", "Broken JSON encoding.");
        expectRefusal(session, "", "Payload expected.");
        http.sends(session, "[\"a\"]");

        assertThat(http.polls(session)).isEqualTo("a[\"a\"]\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"x\"]y", "[\"\n\"]", "x", "[\"x\",]", "\uFEFF[\"x\"]", "[\"\\x\"]"})
    void what_is_no_JSON_is_refused_as_a_whole(String body) {
        String session = Services.session();
        http.opens(session);

        expectRefusal(session, body, "Broken JSON encoding.");
    }

    @Test
    void what_is_not_UTF_8_is_refused_as_a_whole() {
        String session = Services.session();
        http.opens(session);
        byte[] body = {'[', '"', 'a', '"', ',', '"', (byte) 0xff, '"', ']'};
        String head = Http.head("POST", session + "/xhr_send", "Content-Length: " + body.length);

        try (Wire wire = SERVER.connect().write(head).write(body)) {
            HttpReply reply = wire.reply();
            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.body()).isEqualTo("Broken JSON encoding.\n");
        }

        http.sends(session, "[\"b\"]");
        assertThat(http.polls(session)).isEqualTo("a[\"b\"]\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "1", "{}", "null", "[\"x\",1]", "[[\"x\"]]", "[null]"})
    void what_is_no_array_of_strings_is_refused_as_a_whole(String body) {
        String session = Services.session();
        http.opens(session);

        expectRefusal(session, body, "Payload expected.");
        http.sends(session, "[\"good\"]");

        assertThat(http.polls(session)).isEqualTo("a[\"good\"]\n");
    }

    private void expectRefusal(String session, String body, String why) {
        HttpReply reply = http.ask(Http.post(session + "/xhr_send", body));
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).contains(why);
    }

    @Test
    void content_types() {
        String session = Services.session();
        http.opens(session);
        String[] types = {
            "text/plain",
            "T",
            "application/json",
            "application/xml",
            "",
            "application/json; charset=utf-8",
            "text/xml; charset=utf-8",
            "text/xml"
        };
        for (String type : types) {
            HttpReply reply =
                    http.ask(Http.post(session + "/xhr_send", "[\"a\"]", "Content-Type: " + type));
            assertThat(reply.status()).as(type).isEqualTo(204);
        }

        assertThat(http.polls(session))
                .isEqualTo("a[\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\"]\n");
    }

    @Test
    void request_headers_cors() {
        String path = Services.session() + "/xhr";
        String name = "access-control-allow-headers";

        assertThat(
                        http.ask(
                                        Http.options(
                                                path,
                                                "Origin: test",
                                                "Access-Control-Request-Headers: a, b, c"))
                                .header(name))
                .isEqualTo("a, b, c");
        assertThat(
                        http.ask(
                                        Http.options(
                                                path,
                                                "Origin: test",
                                                "Access-Control-Request-Headers: "))
                                .headers())
                .doesNotContainKey(name);
        assertThat(http.ask(Http.options(path, "Origin: test")).headers()).doesNotContainKey(name);
    }

    @Test
    void sending_empty_frame() {
        String session = Services.session();
        http.opens(session);
        http.sends(session, "[]");
        http.sends(session, "[\"a\"]");

        assertThat(http.polls(session)).isEqualTo("a[\"a\"]\n");
    }

    @Test
    void streaming_transport() {
        String session = Services.session();
        try (Wire stream = http.begin(Http.post(session + "/xhr_streaming", "", "Origin: test"))) {
            HttpReply head = stream.replyWithoutBody();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-type")).isEqualTo(Http.SCRIPT);
            assertThat(head.header("transfer-encoding")).isEqualTo("chunked");
            Http.expectNoCache(head);
            Http.expectCrossOrigin(head, "test");
            assertThat(stream.chunk()).isEqualTo("h".repeat(2048) + "\n");
            assertThat(stream.chunk()).isEqualTo("o\n");

            http.sends(session, "[\"x\"]");
            assertThat(stream.chunk()).isEqualTo("a[\"x\"]\n");
        }
    }

    @Test
    void streaming_response_limit() {
        String session = Services.session();
        String message = "\"" + "x".repeat(128) + "\"";
        try (Wire stream = http.streams(session)) {
            assertThat(stream.chunk()).isEqualTo("o\n");
            for (int i = 0; i < 31; i++) {
                http.sends(session, "[" + message + "]");
                assertThat(stream.chunk()).isEqualTo("a[" + message + "]\n");
            }
            assertThat(stream.chunk()).isEmpty();

            stream.write(Http.post(session + "/xhr_streaming", ""));
            assertThat(stream.replyWithoutBody().status()).isEqualTo(200);
            stream.chunk();
            http.sends(session, "[\"goes on\"]");
            assertThat(stream.chunk()).isEqualTo("a[\"goes on\"]\n");
        }
    }
}
