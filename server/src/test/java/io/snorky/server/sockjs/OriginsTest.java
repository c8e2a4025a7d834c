package io.snorky.server.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.server.SockJsOptions;
import io.snorky.server.wire.HttpReply;
import io.snorky.server.wire.QuietLog;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(QuietLog.class)
class OriginsTest {

    private static final SockJsOptions OPTIONS =
            SockJsOptions.DEFAULT.withAllowedOrigins(
                    "https://example.org", "https://*.friends.org");

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(
                    Services.builder(), at -> at.sockJs("/echo", OPTIONS, new Services.Echo()));

    private final Http http = new Http(SERVER);
    private final String session = Services.session();

    private int status(String path, String... headers) {
        return http.ask(Http.get(session + path, headers)).status();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "http://localhost:81",
                "https://a.friends.org",
                "https://example.org"
            })
    void pages_of_the_server_and_of_those_allowed_may_connect(String origin) {
        HttpReply reply = http.ask(Http.post(session + "/xhr", "", "Origin: " + origin));

        assertThat(reply.body()).isEqualTo("o\n");
        Http.expectCrossOrigin(reply, origin);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.org", "null", "http://example.org", "nonsense"})
    void others_may_not(String origin) {
        for (String path : new String[] {"/xhr", "/xhr_streaming", "/xhr_send", "/jsonp_send"}) {
            HttpReply reply = http.ask(Http.post(session + path, "", "Origin: " + origin));
            assertThat(reply.status()).as(path).isEqualTo(403);
            assertThat(reply.headers()).doesNotContainKey("access-control-allow-origin");
        }
        assertThat(status("/eventsource", "Origin: " + origin)).isEqualTo(403);
        HttpReply info = http.ask(Http.get("/echo/info", "Origin: " + origin));
        assertThat(info.status()).isEqualTo(200);
        assertThat(info.headers()).doesNotContainKey("access-control-allow-origin");
        for (String path : new String[] {session + "/websocket", "/echo/websocket"}) {
            String handshake = WireWebSocket.HANDSHAKE.replace("/ws", path);
            String foreign = handshake.replace("\r\n\r\n", "\r\nOrigin: " + origin + "\r\n\r\n");
            assertThat(http.ask(foreign).status()).isEqualTo(403);
        }
    }

    @Test
    void that_a_page_was_welcome_does_not_help_others() {
        String own = Http.post(session + "/xhr_send", "[]", "Origin: http://localhost");
        String stranger = own.replace("Origin: http://localhost", "Origin: https://evil.org");
        String elsewhere = own.replace("Host: localhost", "Host: example.net");
        http.opens(session);

        assertThat(http.ask(own).status()).isEqualTo(204);
        assertThat(http.ask(stranger).status()).isEqualTo(403);
        assertThat(http.ask(own).status()).isEqualTo(204);
        assertThat(http.ask(elsewhere).status()).isEqualTo(403);
    }

    @Test
    void where_no_origin_is_told_the_page_is_looked_at() {
        String jsonp = "/jsonp?c=x";

        assertThat(status(jsonp, "Referer: https://evil.org/page")).isEqualTo(403);
        assertThat(status(jsonp, "Referer: about:blank")).isEqualTo(403);
        assertThat(status(jsonp, "Sec-Fetch-Site: cross-site")).isEqualTo(403);
        assertThat(status(jsonp, "Sec-Fetch-Site: same-site")).isEqualTo(403);
        assertThat(status("/htmlfile?c=x", "Referer: https://evil.org/")).isEqualTo(403);
        assertThat(status(jsonp, "Referer: https://example.org/page?q=1")).isEqualTo(200);
        assertThat(
                        http.ask(
                                        Http.get(
                                                Services.session() + jsonp,
                                                "Sec-Fetch-Site: same-origin"))
                                .status())
                .isEqualTo(200);
    }

    @Test
    void the_page_for_the_iframe_says_whose_it_is() {
        assertThat(http.ask(Http.get("/echo/iframe.html")).header("content-security-policy"))
                .isEqualTo(
                        "frame-ancestors 'self' http://localhost:* https://localhost:*"
                                + " https://*.friends.org https://example.org");
        String oddHost =
                "GET /echo/iframe.html HTTP/1.1\r\n"
                        + "Host: a; script-src *\r\n"
                        + "Connection: close\r\n\r\n";
        assertThat(http.ask(oddHost).header("content-security-policy"))
                .isEqualTo("frame-ancestors 'self' https://*.friends.org https://example.org");
    }
}
