package io.snorky.server.cursors;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.cursors.CursorsOptions;
import io.snorky.cursors.CursorsService;
import io.snorky.pubsub.PubSubService;
import io.snorky.server.wire.Frame;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;

/** In a document of many clients updates may wait a little for each other. */
class UnhurriedUpdatesTest {

    private static final int CLIENTS = 12;

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(at ->
                    at.webSocket(
                            "/ws",
                            new PubSubService("pubsub"),
                            new CursorsService(
                                    "cursors",
                                    CursorsOptions.DEFAULT.withAuthenticated(client -> true))));

    private final List<WireWebSocket> clients = new ArrayList<>();

    @BeforeEach
    void everybody_joins() {
        for (int i = 0; i < CLIENTS; i++) {
            WireWebSocket client = SERVER.webSocket();
            clients.add(client);
            asks(client, "cursors", "join", "{\"document\":\"board\"}");
            asks(client, "pubsub", "subscribe", "{\"channel\":\"news\"}");
        }
        asks(
                clients.getFirst(),
                "cursors",
                "createCursor",
                "{\"privateHandle\":0,\"document\":\"board\",\"position\":0,\"status\":null}");
        others().forEach(other -> assertThat(other.frame().text()).contains("cursorAdded"));
    }

    @AfterEach
    void everybody_goes() {
        clients.forEach(WireWebSocket::close);
    }

    private List<WireWebSocket> others() {
        return clients.subList(1, CLIENTS);
    }

    private static String call(String service, String command, String params) {
        return "{\"service\":\"%s\",\"message\":{\"command\":\"%s\",\"params\":%s}}"
                .formatted(service, command, params);
    }

    private static void asks(WireWebSocket client, String service, String command, String params) {
        client.says(call(service, command, params));
        assertThat(client.frame().text()).contains("\"response\"");
    }

    private static byte[] move(int position) {
        return Frame.text(
                call(
                        "cursors",
                        "updateCursor",
                        "{\"privateHandle\":0,\"newData\":{\"position\":" + position + "}}"));
    }

    @Test
    void each_update_arrives_and_in_order() {
        for (int i = 1; i <= 100; i++) {
            clients.getFirst().sends(move(i));
        }

        for (WireWebSocket other : others()) {
            for (int i = 1; i <= 100; i++) {
                assertThat(other.frame().text()).contains("\"position\":" + i + ",");
            }
        }
    }

    @Test
    void what_is_sent_after_an_update_comes_after_it() {
        clients.getFirst()
                .sends(
                        move(1),
                        Frame.text(
                                call("pubsub", "publish", "{\"channel\":\"news\",\"message\":1}")),
                        move(2));

        for (WireWebSocket other : others()) {
            assertThat(other.frame().text()).contains("\"position\":1,");
            assertThat(other.frame().text()).contains("\"news\"");
            assertThat(other.frame().text()).contains("\"position\":2,");
        }
    }
}
