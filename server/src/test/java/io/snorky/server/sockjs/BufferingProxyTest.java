package io.snorky.server.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.server.wire.QuietLog;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What is left of each way to receive behind a proxy that keeps answers back. */
@ExtendWith(QuietLog.class)
class BufferingProxyTest {

    private static final int LARGE = 64 << 10; // more than the response limit
    private static final String PRELUDE = "h".repeat(2048) + "\n";

    @RegisterExtension static final RunningServer SERVER = Services.running();

    @Test
    void polling_is_as_without_it() {
        String session = Services.session();
        try (var proxy = new BufferingProxy(SERVER.address(), LARGE);
                Wire polls = proxy.connect();
                Wire sends = proxy.connect()) {
            assertThat(polls.reply(Http.post(session + "/xhr", "")).body()).isEqualTo("o\n");
            polls.write(Http.post(session + "/xhr", ""));
            assertThat(sends.reply(Http.post(session + "/xhr_send", "[\"a\"]")).status())
                    .isEqualTo(204);
            assertThat(polls.reply().body()).isEqualTo("a[\"a\"]\n");
        }
    }

    @Test
    void a_stream_arrives_whole_when_it_has_reached_its_limit_and_loses_nothing() {
        String session = Services.session();
        int messages = 40; // more than one answer takes
        try (var proxy = new BufferingProxy(SERVER.address(), LARGE);
                Wire stream = proxy.connect();
                Wire sends = proxy.connect()) {
            sends.reply(Http.post(session + "/xhr", ""));
            stream.write(Http.post(session + "/xhr_streaming", ""));
            int portions = proxy.portions();
            for (int i = 0; i < messages; i++) {
                String message = "[\"" + "x".repeat(128) + i + "\"]";
                assertThat(sends.reply(Http.post(session + "/xhr_send", message)).status())
                        .isEqualTo(204);
            }
            assertThat(stream.replyWithoutBody().status()).isEqualTo(200);
            assertThat(stream.chunk()).isEqualTo(PRELUDE);
            List<String> heard = new ArrayList<>();
            for (String frame = stream.chunk(); !frame.isEmpty(); frame = stream.chunk()) {
                heard.addAll(numbers(frame));
            }
            assertThat(proxy.portions() - portions).as("the stream and the 204s").isEqualTo(41);

            sends.reply(Http.post(session + "/xhr_send", "[\"" + "x".repeat(128) + "40\"]"));
            while (!heard.contains("40")) {
                heard.addAll(numbers(sends.reply(Http.post(session + "/xhr", "")).body()));
            }
            assertThat(heard)
                    .isEqualTo(IntStream.rangeClosed(0, 40).mapToObj(Integer::toString).toList());
        }
    }

    private static List<String> numbers(String frame) {
        return Pattern.compile("\\d+").matcher(frame).results().map(MatchResult::group).toList();
    }

    @Test
    void the_prelude_alone_gets_through_a_buffer_of_2_KiB() {
        try (var proxy = new BufferingProxy(SERVER.address(), 2048);
                Wire stream = proxy.connect()) {
            stream.write(Http.post(Services.session() + "/xhr_streaming", ""));

            assertThat(stream.replyWithoutBody().status()).isEqualTo(200);
            assertThat(stream.chunk()).isEqualTo(PRELUDE);
        }
    }
}
