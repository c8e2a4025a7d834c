package io.snorky.benchmarks.server;

import io.snorky.Audience;
import io.snorky.Client;
import io.snorky.ConnectionHandler;
import io.snorky.Message;
import io.snorky.NonBlocking;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the peers do: subscribes, publishes and echoes texts by their first letter. */
@NonBlocking
final class PlainTexts extends ConnectionHandler {

    private final Audience subscribers = new Audience();
    private final Map<Client, Audience.Membership> memberships = new ConcurrentHashMap<>();

    @Override
    protected void onMessage(Client client, String text) {
        switch (text.charAt(0)) {
            case 's' -> {
                memberships.put(client, subscribers.join(client));
                send(client, text);
            }
            case 'p' -> subscribers.send(Message.ofText(text));
            default -> send(client, text);
        }
    }

    @Override
    protected void onClose(Client client) {
        Audience.Membership membership = memberships.remove(client);
        if (membership != null) {
            membership.leave();
        }
    }
}
