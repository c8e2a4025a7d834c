package io.snorky.sync;

import io.snorky.Client;
import io.snorky.CloseReason;
import io.snorky.ConnectionHandler;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The browsers that are connected, and who each of them is. */
final class Browsers extends ConnectionHandler {

    private final SyncSessions sessions;
    private final Map<Client, Visit> visits = new ConcurrentHashMap<>();

    Browsers(SyncSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    protected void onOpen(Client client) {
        if (client.mustAuthenticate()) {
            client.close(CloseReason.NOT_AUTHENTICATED); // there is nobody to bring a token to
            return;
        }
        var visit = new Visit(sessions, client);
        visits.put(client, visit);
        visit.open();
    }

    @Override
    protected void onMessage(Client client, String text) {
        Optional.ofNullable(visits.get(client)).ifPresent(visit -> visit.hear(text));
    }

    @Override
    protected void onBytes(Client client, byte[] bytes) {
        Optional.ofNullable(visits.get(client)).ifPresent(visit -> visit.hear(bytes));
    }

    @Override
    protected void onClose(Client client) {
        Optional.ofNullable(visits.remove(client)).ifPresent(Visit::leave);
    }
}
