package io.snorky.server.wire;

import io.snorky.Client;
import io.snorky.MessageService;
import io.snorky.NonBlocking;

import tools.jackson.databind.JsonNode;

/** Sends every message back. */
@NonBlocking
public final class Echo extends MessageService {

    /** What a client says to hear the same again. */
    public static String of(String json) {
        return "{\"service\":\"echo\",\"message\":" + json + "}";
    }

    public Echo() {
        super("echo");
    }

    @Override
    protected void messageReceived(Client client, JsonNode message) {
        send(client, message);
    }
}
