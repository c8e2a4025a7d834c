package io.snorky.server.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.Registry;
import io.snorky.pubsub.ChannelSettings;
import io.snorky.pubsub.HistoryLimits;
import io.snorky.pubsub.PubSubLimits;
import io.snorky.pubsub.PubSubOptions;
import io.snorky.pubsub.PubSubService;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Clients with offsets whose connections take no more. */
class FollowingTest {

    private static final PubSubService PUBSUB =
            new PubSubService(
                    "pubsub",
                    PubSubOptions.DEFAULT
                            .withLimits(new PubSubLimits(256 << 20, 1_000, 10))
                            .withChannels(
                                    "log/*",
                                    ChannelSettings.DEFAULT.withHistory(
                                            HistoryLimits.DEFAULT.withBytes(64 << 20))));

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(at ->
                    at.webSocket(
                            "/ws",
                            WebSocketOptions.DEFAULT.withMaxOutboundBytes(1 << 20),
                            new Registry(PUBSUB)));

    @AutoClose
    private final WireWebSocket slow =
            WireWebSocket.on(Wire.withSmallReceiveBuffer(SERVER.address()));

    private void subscribe(String channel, int history) {
        slow.says(
                """
                {"service":"pubsub","message":{"command":"subscribe","params":{"channel":"%s","history":%d}}}\
                """
                        .formatted(channel, history));
    }

    private static String numbered(int number, int length) {
        return number + " " + "x".repeat(length);
    }

    private static int number(JsonNode message) {
        String text = message.get("message").stringValue();
        return Integer.parseInt(text.substring(0, text.indexOf(' ')));
    }

    private JsonNode next() {
        return JsonMapper.shared().readTree(slow.frame().text()).get("message");
    }

    @Test
    void what_finds_no_room_is_read_from_the_log() {
        subscribe("log/flood", 0);
        assertThat(next().get("type").stringValue()).isEqualTo("response");

        for (int i = 0; i < 100; i++) {
            PUBSUB.publish("log/flood", numbered(i, 120_000));
        }

        for (int i = 0; i < 100; i++) {
            assertThat(number(next())).isEqualTo(i);
        }
        PUBSUB.publish("log/flood", numbered(100, 1));
        assertThat(number(next())).isEqualTo(100);
    }

    @Test
    void so_is_what_is_too_much_for_replies() {
        int channels = 100;
        for (int channel = 0; channel < channels; channel++) {
            for (int i = 0; i < 10; i++) {
                PUBSUB.publish("log/" + channel, numbered(i, 12_000));
            }
        }

        for (int channel = 0; channel < channels; channel++) {
            subscribe("log/" + channel, 10);
        }

        Map<String, List<Integer>> heard = new HashMap<>();
        int replies = 0;
        int messages = 0;
        while (messages < 10 * channels || replies < channels) {
            JsonNode message = next();
            if (message.get("type").stringValue().equals("response")) {
                JsonNode past = message.get("data").get("messages");
                String channel = "log/" + replies++; // in the order of the calls
                for (JsonNode each : past) {
                    heard.computeIfAbsent(channel, key -> new ArrayList<>()).add(number(each));
                    messages++;
                }
            } else {
                heard.computeIfAbsent(
                                message.get("channel").stringValue(), key -> new ArrayList<>())
                        .add(number(message));
                messages++;
            }
        }

        assertThat(heard).hasSize(channels);
        assertThat(heard.values())
                .allSatisfy(
                        it -> assertThat(it).isEqualTo(IntStream.range(0, 10).boxed().toList()));
    }
}
