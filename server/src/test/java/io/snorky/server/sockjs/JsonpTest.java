package io.snorky.server.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.server.wire.HttpReply;
import io.snorky.server.wire.QuietLog;
import io.snorky.server.wire.RunningServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The official suite's class JsonPolling, and what HtmlFile shares with it. */
@ExtendWith(QuietLog.class)
class JsonpTest {

    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

    @RegisterExtension static final RunningServer SERVER = Services.running();

    private final Http http = new Http(SERVER);
    private final String session = Services.session();

    private String polls(String path) {
        return http.ask(Http.get(path + "/jsonp?c=x")).body();
    }

    private void opens() {
        assertThat(polls(session)).isEqualTo("/**/x(\"o\");\r\n");
    }

    private HttpReply sends(String body, String type) {
        return http.ask(Http.post(session + "/jsonp_send", body, type));
    }

    private void expectOk(HttpReply reply) {
        assertThat(reply.body()).isEqualTo("ok");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type")).isEqualTo(Http.TEXT);
        Http.expectNoCache(reply);
    }

    @Test
    void transport() {
        HttpReply open = http.ask(Http.get(session + "/jsonp?c=%63allback"));
        assertThat(open.status()).isEqualTo(200);
        assertThat(open.header("content-type")).isEqualTo(Http.SCRIPT);
        assertThat(open.header("x-content-type-options")).isEqualTo("nosniff");
        Http.expectNoCache(open);
        assertThat(open.body()).isEqualTo("/**/callback(\"o\");\r\n");

        expectOk(sends("d=%5B%22x%22%5D", FORM));
        assertThat(http.ask(Http.get(session + "/jsonp?c=%63allback")).body())
                .isEqualTo("/**/callback(\"a[\\\"x\\\"]\");\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsonp", "jsonp?c=", "jsonp?x=y", "htmlfile", "htmlfile?c="})
    void no_callback(String path) {
        HttpReply reply = http.ask(Http.get(session + "/" + path));

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).contains("\"callback\" parameter required");
        opens();
    }

    @ParameterizedTest
    @CsvSource({
        "jsonp, %20",
        "jsonp, *",
        "jsonp, abc(",
        "jsonp, abc%28",
        "jsonp, %zz",
        "jsonp, a%0D%0Ab",
        "jsonp, %3Cscript%3E",
        "jsonp, abcdefghijklmnopqrstuvwxyz0123456",
        "htmlfile, %20",
        "htmlfile, *",
        "htmlfile, abc(",
        "htmlfile, abc%28"
    })
    void invalid_callback(String transport, String callback) {
        HttpReply reply = http.ask(Http.get(session + "/" + transport + "?c=" + callback));

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).isEqualTo("invalid \"callback\" parameter\n");
        opens();
    }

    @Test
    void the_callback_has_a_second_name() {
        assertThat(http.ask(Http.get(session + "/jsonp?callback=a.b_c-9")).body())
                .isEqualTo("/**/a.b_c-9(\"o\");\r\n");
    }

    @Test
    void invalid_json() {
        opens();
        expectRefusal(sends("d=%5B%22x", FORM), "Broken JSON encoding.");
        expectRefusal(sends("d=%5", FORM), "Broken JSON encoding.");
        expectRefusal(sends("d=%zz", FORM), "Broken JSON encoding.");
        expectRefusal(sends("d=%5B%22%ff%22%5D", FORM), "Broken JSON encoding.");
        expectRefusal(sends("", FORM), "Payload expected.");
        expectRefusal(sends("d=", FORM), "Payload expected.");
        expectRefusal(sends("p=p", FORM), "Payload expected.");

        expectOk(sends("d=%5B%22b%22%5D", FORM));
        assertThat(polls(session)).isEqualTo("/**/x(\"a[\\\"b\\\"]\");\r\n");
    }

    private static void expectRefusal(HttpReply reply, String why) {
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).contains(why);
    }

    @Test
    void content_types() {
        opens();
        expectOk(sends("d=%5B%22abc%22%5D", FORM));
        expectOk(sends("[\"%61bc\"]", "Content-Type: text/plain"));

        assertThat(polls(session)).isEqualTo("/**/x(\"a[\\\"abc\\\",\\\"%61bc\\\"]\");\r\n");
    }

    @Test
    void a_form_may_have_other_fields_and_its_type_parameters() {
        opens();
        expectOk(sends("a=b&d=%5B%22a+b;c%2B%22%5D&e=f", FORM.toUpperCase(java.util.Locale.ROOT)));
        expectOk(sends("d=[%22x%22]", FORM + "; charset=UTF-8"));

        assertThat(polls(session)).isEqualTo("/**/x(\"a[\\\"a b;c+\\\",\\\"x\\\"]\");\r\n");
    }

    @Test
    void a_form_may_be_large() {
        opens();
        String text = "x".repeat(100_000);
        expectOk(sends("d=%5B%22" + text + "%22%5D", FORM));

        assertThat(polls(session)).isEqualTo("/**/x(\"a[\\\"" + text + "\\\"]\");\r\n");
    }

    @Test
    void close() {
        String closing = Services.session("/close");

        assertThat(polls(closing)).isEqualTo("/**/x(\"o\");\r\n");
        assertThat(polls(closing)).isEqualTo("/**/x(\"c[3000,\\\"Go away!\\\"]\");\r\n");
        assertThat(polls(closing)).isEqualTo("/**/x(\"c[3000,\\\"Go away!\\\"]\");\r\n");
    }

    @Test
    void sending_empty_frame() {
        opens();
        expectOk(sends("d=%5B%5D", FORM));
        expectOk(sends("d=%5B%22x%22%5D", FORM));

        assertThat(polls(session)).isEqualTo("/**/x(\"a[\\\"x\\\"]\");\r\n");
    }
}
