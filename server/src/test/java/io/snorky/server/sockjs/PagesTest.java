package io.snorky.server.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.server.wire.HttpReply;
import io.snorky.server.wire.QuietLog;
import io.snorky.server.wire.RunningServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official suite's classes BaseUrlGreeting, IframePage and InfoTest. */
@ExtendWith(QuietLog.class)
class PagesTest {

    private static final String PAGE =
            """
            <!DOCTYPE html>
            <html>
            <head>
              <meta http-equiv="X-UA-Compatible" content="IE=edge" />
              <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
              <script src="URL"></script>
              <script>
                document.domain = document.domain;
                SockJS.bootstrap_iframe();
              </script>
            </head>
            <body>
              <h2>Don't panic!</h2>
              <p>This is a SockJS hidden iframe. It's used for cross domain magic.</p>
            </body>
            </html>
            """
                    .replace("URL", Services.OPTIONS.clientUrl());

    @RegisterExtension static final RunningServer SERVER = Services.running();

    private final Http http = new Http(SERVER);

    @ParameterizedTest
    @ValueSource(strings = {"/echo", "/echo/", "/echo?x=1"})
    void greeting(String path) {
        HttpReply reply = http.ask(Http.get(path));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type")).isEqualTo(Http.TEXT);
        assertThat(reply.header("content-length")).isEqualTo("19");
        assertThat(reply.body()).isEqualTo("Welcome to SockJS!\n");
        assertThat(reply.headers()).doesNotContainKey("set-cookie");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/a", "/a.html", "//", "///", "/a/a", "/a/a/", "/a/", "x", "/a/a/other"})
    void not_found(String path) {
        assertThat(http.ask(Http.get("/echo" + path)).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/iframe.html",
                "/iframe-a.html",
                "/iframe-.html",
                "/iframe-0.1.2.html",
                "/iframe-0.1.2abc-dirty.2144.html",
                "/iframe-a.html?t=1234",
                "/iframe-0.1.2.html?t=qweqweq123"
            })
    void the_iframe_page_is_the_same_under_all_its_names(String path) {
        HttpReply reply = http.ask(Http.get("/echo" + path));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type")).isEqualTo("text/html; charset=UTF-8");
        assertThat(reply.header("cache-control")).matches("public, max-age=[1-9][0-9]{6,}");
        assertThat(reply.header("expires")).endsWith("GMT");
        assertThat(reply.header("etag")).matches("\"[0-9a-f]+\"");
        assertThat(reply.headers())
                .doesNotContainKeys("last-modified", "set-cookie", "content-security-policy");
        assertThat(reply.body()).isEqualTo(PAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/iframe.htm",
                "/iframe",
                "/IFRAME.HTML",
                "/IFRAME",
                "/iframe.HTML",
                "/iframe.xml",
                "/iframe-/.html"
            })
    void there_is_no_iframe_page_under_other_names(String path) {
        assertThat(http.ask(Http.get("/echo" + path)).status()).isEqualTo(404);
    }

    @Test
    void an_iframe_page_that_is_known_is_not_sent_again() {
        String tag = http.ask(Http.get("/echo/iframe.html")).header("etag");
        assertThat(http.ask(Http.get("/echo/iframe-1.html")).header("etag")).isEqualTo(tag);

        for (String known : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"}) {
            HttpReply reply = http.ask(Http.get("/echo/iframe.html", "If-None-Match: " + known));
            assertThat(reply.status()).as(known).isEqualTo(304);
            assertThat(reply.headers()).doesNotContainKeys("content-type", "content-length");
            assertThat(reply.header("etag")).isEqualTo(tag);
        }
        assertThat(http.ask(Http.get("/echo/iframe.html", "If-None-Match: \"other\"")).status())
                .isEqualTo(200);
    }

    @Test
    void info() {
        HttpReply reply = http.ask(Http.get("/echo/info", "Origin: test"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type")).isEqualTo("application/json; charset=UTF-8");
        assertThat(reply.headers()).doesNotContainKey("set-cookie");
        Http.expectNoCache(reply);
        Http.expectCrossOrigin(reply, "test");
        assertThat(reply.body())
                .matches(
                        "\\{\"websocket\":true,\"cookie_needed\":false,\"origins\":\\[\"\\*:\\*\"],"
                                + "\"entropy\":[0-9]{1,10}}");
    }

    @Test
    void whoever_tells_no_origin_gets_a_star_and_no_credentials() {
        HttpReply reply = http.ask(Http.get("/echo/info"));

        assertThat(reply.header("access-control-allow-origin")).isEqualTo("*");
        assertThat(reply.headers()).doesNotContainKey("access-control-allow-credentials");
    }

    @Test
    void entropy_is_fresh_each_time() {
        assertThat(http.ask(Http.get("/echo/info")).body())
                .isNotEqualTo(http.ask(Http.get("/echo/info")).body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"test", "null"})
    void info_has_a_preflight(String origin) {
        HttpReply reply = http.ask(Http.options("/echo/info", "Origin: " + origin));

        Http.expectPreflight(reply, origin, "OPTIONS, GET");
        assertThat(reply.headers()).doesNotContainKey("set-cookie");
    }

    @Test
    void info_says_that_there_is_no_websocket() {
        assertThat(http.ask(Http.get("/disabled_websocket_echo/info")).body())
                .contains("\"websocket\":false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo", "/echo/iframe.html"})
    void pages_are_for_getting(String path) {
        HttpReply reply = http.ask(Http.post(path, ""));

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("allow")).isEqualTo("GET");
        assertThat(reply.headers()).doesNotContainKey("content-type");
        assertThat(reply.body()).isEmpty();
    }
}
