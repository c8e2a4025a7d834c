package io.snorky.server.proxy;

import io.snorky.Client;
import io.snorky.MessageService;
import io.snorky.NonBlocking;

import tools.jackson.databind.JsonNode;

import java.net.InetSocketAddress;

/** Tells each client where it seems to be. */
@NonBlocking
final class Mirror extends MessageService {

    static final String QUESTION = "{\"service\":\"mirror\",\"message\":null}";

    static String answer(String address) {
        return "{\"service\":\"mirror\",\"message\":\"" + address + "\"}";
    }

    Mirror() {
        super("mirror");
    }

    @Override
    protected void messageReceived(Client client, JsonNode message) {
        var address = (InetSocketAddress) client.remoteAddress();
        send(client, address.getAddress().getHostAddress() + ":" + address.getPort());
    }
}
