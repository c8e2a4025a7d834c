package io.snorky.testkit.manual;

import io.snorky.Client;
import io.snorky.MessageService;
import io.snorky.NonBlocking;

import tools.jackson.databind.JsonNode;

@NonBlocking
final class Echo extends MessageService {

    Echo() {
        super("echo");
    }

    @Override
    protected void messageReceived(Client client, JsonNode message) {
        send(client, message);
    }
}
