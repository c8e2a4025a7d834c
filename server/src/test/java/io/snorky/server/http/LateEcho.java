package io.snorky.server.http;

import io.snorky.Client;
import io.snorky.MessageService;

import tools.jackson.databind.JsonNode;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Sends every message back, a little later. */
final class LateEcho extends MessageService {

    private static final int DELAY_MILLIS = 30;

    static String of(String json) {
        return "{\"service\":\"late\",\"message\":" + json + "}";
    }

    LateEcho() {
        super("late");
    }

    @Override
    protected void messageReceived(Client client, JsonNode message) {
        var unused =
                new CompletableFuture<JsonNode>()
                        .completeOnTimeout(message, DELAY_MILLIS, TimeUnit.MILLISECONDS)
                        .thenAccept(late -> send(client, late));
    }
}
