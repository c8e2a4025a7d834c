package io.snorky.server.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.server.wire.HttpReply;
import io.snorky.server.wire.QuietLog;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The official suite's class EventSource. */
@ExtendWith(QuietLog.class)
class EventSourceTest {

    @RegisterExtension static final RunningServer SERVER = Services.running();

    private final Http http = new Http(SERVER);
    private final String session = Services.session();

    @Test
    void transport() {
        try (Wire stream =
                http.begin(Http.get(session + "/eventsource", "Origin: http://example.org"))) {
            HttpReply head = stream.replyWithoutBody();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-type")).isEqualTo("text/event-stream");
            Http.expectNoCache(head);
            Http.expectCrossOrigin(head, "http://example.org");
            assertThat(stream.chunk()).isEqualTo("\r\n");
            assertThat(stream.chunk()).isEqualTo("data: o\r\n\r\n");

            http.sends(session, "[\"x\"]");
            assertThat(stream.chunk()).isEqualTo("data: a[\"x\"]\r\n\r\n");

            http.sends(session, "[\"  \\u0000\\n\\r \"]");
            assertThat(stream.chunk()).isEqualTo("data: a[\"  \\u0000\\n\\r \"]\r\n\r\n");
        }
    }

    @Test
    void what_the_client_decodes_once_too_often_is_encoded_once_more() {
        try (Wire stream = http.begin(Http.get(session + "/eventsource"))) {
            stream.replyWithoutBody();
            stream.chunk();
            stream.chunk();

            http.sends(session, "[\"100 %, %41\"]");
            assertThat(stream.chunk()).isEqualTo("data: a[\"100 %25, %2541\"]\r\n\r\n");
        }
    }

    @Test
    void response_limit() {
        String message = "\"" + "x".repeat(4096) + "\"";
        try (Wire stream = http.begin(Http.get(session + "/eventsource"))) {
            stream.replyWithoutBody();
            assertThat(stream.chunk()).isEqualTo("\r\n");
            assertThat(stream.chunk()).isEqualTo("data: o\r\n\r\n");

            http.sends(session, "[" + message + "]");
            assertThat(stream.chunk()).isEqualTo("data: a[" + message + "]\r\n\r\n");
            assertThat(stream.chunk()).isEmpty();
        }
    }
}
