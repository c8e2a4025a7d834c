package io.snorky.examples.conformance;

import io.snorky.Client;
import io.snorky.MessageService;
import io.snorky.NonBlocking;

import tools.jackson.databind.JsonNode;

/** Sends every message back. */
@NonBlocking
final class EchoService extends MessageService {

    EchoService(String name) {
        super(name);
    }

    @Override
    protected void messageReceived(Client client, JsonNode message) {
        send(client, message);
    }
}
