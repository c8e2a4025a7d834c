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

/** The official suite's class JsessionidCookie. */
@ExtendWith(QuietLog.class)
class CookieTest {

    private static final String DUMMY = "JSESSIONID=dummy; path=/";

    @RegisterExtension static final RunningServer SERVER = Services.running();

    private final Http http = new Http(SERVER);
    private final String session = Services.session("/cookie_needed_echo");

    @Test
    void basic() {
        HttpReply reply = http.ask(Http.get("/cookie_needed_echo/info"));

        assertThat(reply.body()).contains("\"cookie_needed\":true");
        assertThat(reply.headers()).doesNotContainKey("set-cookie");
    }

    @Test
    void xhr() {
        HttpReply fresh = http.ask(Http.post(session + "/xhr", ""));
        assertThat(fresh.body()).isEqualTo("o\n");
        assertThat(fresh.header("set-cookie")).isEqualTo(DUMMY);

        HttpReply known =
                http.ask(
                        Http.post(
                                Services.session("/cookie_needed_echo") + "/xhr",
                                "",
                                "Cookie: JSESSIONID=abcdef"));
        assertThat(known.header("set-cookie")).isEqualTo("JSESSIONID=abcdef; path=/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eventsource", "htmlfile?c=x"})
    void streams_that_are_got(String path) {
        expectCookieInHead(Http.get(session + "/" + path, "Cookie: JSESSIONID=abcdef"));
    }

    @Test
    void xhr_streaming() {
        expectCookieInHead(Http.post(session + "/xhr_streaming", "", "Cookie: JSESSIONID=abcdef"));
    }

    private void expectCookieInHead(String request) {
        try (Wire wire = http.begin(request)) {
            assertThat(wire.replyWithoutBody().header("set-cookie"))
                    .isEqualTo("JSESSIONID=abcdef; path=/");
        }
    }

    @Test
    void jsonp() {
        assertThat(http.ask(Http.get(session + "/jsonp?c=x")).header("set-cookie"))
                .isEqualTo(DUMMY);
        HttpReply sent =
                http.ask(
                        Http.post(session + "/jsonp_send", "[\"x\"]", "Cookie: JSESSIONID=abcdef"));
        assertThat(sent.header("set-cookie")).isEqualTo("JSESSIONID=abcdef; path=/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=b; JSESSIONID=abc; c=d | abc",
                "XJSESSIONID=no; JSESSIONID=yes | yes",
                "JSESSIONIDX=no | dummy",
                "JSESSIONID= | dummy",
                "JSESSIONID=\"quoted\" | dummy",
                "JSESSIONID=a b | dummy",
                "JSESSIONID=ä | dummy",
                "JSESSIONID=a,b | dummy"
            })
    void only_a_cookie_of_exactly_that_name_comes_back(String cookies, String value) {
        HttpReply reply =
                http.ask(
                        Http.post(
                                Services.session("/cookie_needed_echo") + "/xhr",
                                "",
                                "Cookie: " + cookies));

        assertThat(reply.header("set-cookie")).isEqualTo("JSESSIONID=" + value + "; path=/");
    }

    @Test
    void whoever_needs_none_gets_none() {
        assertThat(http.ask(Http.post(Services.session() + "/xhr", "")).headers())
                .doesNotContainKey("set-cookie");
    }
}
