package io.snorky.server.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;
import io.snorky.sync.SessionState;
import io.snorky.sync.SyncHandle;
import io.snorky.sync.SyncSessions;
import io.snorky.sync.Synced;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser that does not read for a while, over a real socket. */
class SlowViewerTest {

    private static final int CHANGES = 3_000;
    private static final int CHANGE_BYTES = 10_000;

    /** More than that many bytes of changes is in no buffer between the two. */
    private static final int TAKEN_AT_MOST = CHANGES / 2;

    /** What is seen. */
    @Synced("TEXT")
    static final class Text {
        String text = "";
        int number;
        final String about = "x".repeat(2 * CHANGE_BYTES); // so that patches are sent as such

        void change() {
            number++;
            text = Integer.toString(number % 10).repeat(CHANGE_BYTES);
        }
    }

    private static final Text TEXT = new Text();
    private static final SyncHandle SHARED = SyncHandle.share(TEXT);

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(at ->
                    at.sync(
                            "/sync",
                            SyncSessions.singleBuilder(
                                            session -> {
                                                session.show(SHARED);
                                                return new SessionState() {};
                                            })
                                    .shared()
                                    .build()));

    @Test
    void patches_pass_it_by_and_in_the_end_it_has_what_the_others_have() {
        try (Wire wire = Wire.withSmallReceiveBuffer(SERVER.address());
                WireWebSocket slow = WireWebSocket.on(wire, "/sync");
                WireWebSocket quick = WireWebSocket.on(SERVER.connect(), "/sync")) {
            assertThat(slow.frame().text()).startsWith("{\"type\":\"_SET:TEXT\"");
            assertThat(quick.frame().text()).startsWith("{\"type\":\"_SET:TEXT\"");
            for (int i = 1; i <= CHANGES; i++) {
                SHARED.update(TEXT::change);
                assertThat(numberIn(quick.frame().text())).isEqualTo(i);
            }

            int events = 0;
            int number = 0;
            while (number < CHANGES) {
                int next = numberIn(slow.frame().text());
                assertThat(next).isGreaterThan(number);
                number = next;
                events++;
            }
            assertThat(events).isLessThan(TAKEN_AT_MOST);
            SHARED.update(TEXT::change);
            assertThat(numberIn(slow.frame().text())).isEqualTo(CHANGES + 1);
        }
    }

    private static int numberIn(String event) {
        JsonNode data = JsonMapper.shared().readTree(event).get("data");
        if (data.isObject()) {
            return data.get("number").intValue();
        }
        for (JsonNode operation : data) {
            if (operation.get("path").stringValue().equals("/number")) {
                return operation.get("value").intValue();
            }
        }
        throw new AssertionError(event);
    }
}
