package io.snorky.server.abuse;

import io.snorky.Client;
import io.snorky.MessageService;
import io.snorky.NonBlocking;

import tools.jackson.databind.JsonNode;

/** Answers whatever it is told with more than the system takes for one who does not read. */
@NonBlocking
final class Flood extends MessageService {

    static final String REQUEST = "{\"service\":\"flood\",\"message\":1}";

    private static final String MUCH = "x".repeat(16 << 20);

    Flood() {
        super("flood");
    }

    @Override
    protected void messageReceived(Client client, JsonNode message) {
        send(client, MUCH);
    }
}
