package io.snorky.server.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.server.wire.QuietLog;
import io.snorky.server.wire.RunningServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import tools.jackson.databind.json.JsonMapper;

/** The official suite's class JSONEncoding. */
@ExtendWith(QuietLog.class)
class JsonEncodingTest {

    @RegisterExtension static final RunningServer SERVER = Services.running();

    private final Http http = new Http(SERVER);
    private final String session = Services.session();

    @Test
    void xhr_server_encodes() {
        var raw = new StringBuilder("[\"");
        var escaped = new StringBuilder("a[\"");
        int[][] ranges = {
            {0x200c, 0x200f}, {0x2028, 0x202f}, {0x2060, 0x206f}, {0xfff0, 0xffff},
        };
        for (int[] range : ranges) {
            for (int c = range[0]; c <= range[1]; c++) {
                raw.append((char) c);
                escaped.append("\\u%04x".formatted(c));
            }
        }
        http.opens(session);
        http.sends(session, raw.append("\"]").toString());

        assertThat(http.polls(session)).isEqualTo(escaped.append("\"]\n").toString());
    }

    @Test
    void xhr_server_decodes() {
        var text = new StringBuilder();
        var escaped = new StringBuilder("[\"");
        for (int c = 0; c <= 0xffff; c++) {
            text.append((char) c);
            escaped.append("\\u%04x".formatted(c));
        }
        http.opens(session);
        http.sends(session, escaped.append("\"]").toString());
        String frame = http.polls(session);

        assertThat(JsonMapper.shared().readTree(frame.substring(1)).get(0).stringValue())
                .isEqualTo(text.toString());
    }

    @Test
    void what_JSON_has_a_short_form_for_is_in_that_form() {
        http.opens(session);
        http.sends(
                session, "[\"\\u0008\\u0009\\u000a\\u000c\\u000d\\u0022\\u005c\\u002f\\u001f\"]");

        assertThat(http.polls(session)).isEqualTo("a[\"\\b\\t\\n\\f\\r\\\"\\\\/\\u001f\"]\n");
    }

    @Test
    void half_of_a_pair_is_escaped_and_a_whole_one_comes_through() {
        http.opens(session);
        http.sends(session, "[\"\\ud800\",\"\\udfffx\",\"\\ud83d\\ude00\",\"😀\"]");

        assertThat(http.polls(session)).isEqualTo("a[\"\\ud800\",\"\\udfffx\",\"😀\",\"😀\"]\n");
    }
}
