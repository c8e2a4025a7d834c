package io.snorky.server.websocket;

import io.snorky.Client;
import io.snorky.CloseReason;
import io.snorky.Reception;
import io.snorky.Registry;
import io.snorky.transport.Application;
import io.snorky.transport.Connection;

/** What clients meet that may not connect: it tells them so, and hears nothing. Threads: any. */
final class Turnaway implements Application {

    private static final Registry NOBODY_HOME = new Registry();

    private final CloseReason reason;

    Turnaway(CloseReason reason) {
        this.reason = reason;
    }

    @Override
    public Client connect(Connection connection) {
        Client client = NOBODY_HOME.connect(connection);
        client.close(reason);
        return client;
    }

    @Override
    public Reception receive(Client client, byte[] text, int from, int to) {
        return Reception.ACCEPTED;
    }

    @Override
    public void afterPending(Client client, Runnable task) {
        NOBODY_HOME.afterPending(client, task);
    }

    @Override
    public void disconnect(Client client) {
        NOBODY_HOME.disconnect(client);
    }
}
