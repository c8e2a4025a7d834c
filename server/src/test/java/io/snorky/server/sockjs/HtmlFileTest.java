package io.snorky.server.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.server.wire.HttpReply;
import io.snorky.server.wire.QuietLog;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The official suite's class HtmlFile, where it is not that of all who need a callback. */
@ExtendWith(QuietLog.class)
class HtmlFileTest {

    private static final String PAGE =
            """
            <!doctype html>
            <html><head>
              <meta http-equiv="X-UA-Compatible" content="IE=edge" />
              <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
            </head><body><h2>Don't panic!</h2>
              <script>
                document.domain = document.domain;
                var c = parent.callback;
                c.start();
                function p(d) {c.message(d);};
                window.onload = function() {c.stop();};
              </script>
            """;

    @RegisterExtension static final RunningServer SERVER = Services.running();

    private final Http http = new Http(SERVER);
    private final String session = Services.session();

    private Wire open() {
        Wire stream = http.begin(Http.get(session + "/htmlfile?c=%63allback"));
        HttpReply head = stream.replyWithoutBody();
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("content-type")).isEqualTo("text/html; charset=UTF-8");
        Http.expectNoCache(head);
        String page = stream.chunk();
        assertThat(page.strip()).isEqualTo(PAGE.strip());
        assertThat(page).endsWith(" \r\n\r\n").hasSizeGreaterThan(1024);
        assertThat(stream.chunk()).isEqualTo("<script>\np(\"o\");\n</script>\r\n");
        return stream;
    }

    @Test
    void transport() {
        try (Wire stream = open()) {
            http.sends(session, "[\"x\"]");

            assertThat(stream.chunk()).isEqualTo("<script>\np(\"a[\\\"x\\\"]\");\n</script>\r\n");
        }
    }

    @Test
    void nothing_in_a_message_ends_the_script() {
        try (Wire stream = open()) {
            http.sends(session, "[\"</script><!--<script>\u2028\"]");

            assertThat(stream.chunk())
                    .isEqualTo(
                            "<script>\np(\"a[\\\"\\u003c/script>\\u003c!--\\u003cscript>"
                                    + "\\\\u2028\\\"]\");\n</script>\r\n");
        }
    }

    @Test
    void response_limit() {
        String message = "x".repeat(4096);
        try (Wire stream = open()) {
            http.sends(session, "[\"" + message + "\"]");

            assertThat(stream.chunk())
                    .isEqualTo("<script>\np(\"a[\\\"" + message + "\\\"]\");\n</script>\r\n");
            assertThat(stream.chunk()).isEmpty();
        }
    }
}
