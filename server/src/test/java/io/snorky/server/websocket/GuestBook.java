package io.snorky.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.snorky.Client;
import io.snorky.CloseReason;
import io.snorky.MessageService;

import tools.jackson.databind.JsonNode;

import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down who came, what they said, and that they went. Hangs up on who says bye. */
final class GuestBook extends MessageService {

    private final Map<SocketAddress, List<String>> entries = new ConcurrentHashMap<>();

    GuestBook() {
        super("guests");
    }

    static String note(String text) {
        return "{\"service\":\"guests\",\"message\":\"" + text + "\"}";
    }

    /** Waits until there are these entries on a guest, all of them and no others. */
    void expect(SocketAddress guest, String... expected) {
        await().untilAsserted(() ->
                assertThat(entries.getOrDefault(guest, List.of())).containsExactly(expected));
    }

    private void note(Client client, String entry) {
        entries.computeIfAbsent(client.remoteAddress(), guest -> new CopyOnWriteArrayList<>())
                .add(entry);
    }

    @Override
    protected void clientConnected(Client client) {
        note(client, "connected");
    }

    @Override
    protected void messageReceived(Client client, JsonNode message) {
        note(client, message.toString());
        if (message.asString().equals("bye")) {
            send(client, "farewell");
            client.close(new CloseReason(4321, "Gone fishing"));
            send(client, "too late");
        }
    }

    @Override
    protected void clientDisconnected(Client client) {
        note(client, "disconnected");
    }
}
