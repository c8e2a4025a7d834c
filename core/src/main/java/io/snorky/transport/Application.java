package io.snorky.transport;

import io.snorky.Client;
import io.snorky.Reception;

/**
 * What the clients of an endpoint talk to: the services of a {@link io.snorky.Registry}, or a
 * {@link io.snorky.ConnectionHandler} alone.
 *
 * <p>Threads: any; what concerns one client is called by its connection's reader, one at a time.
 * Nothing here waits.
 */
public interface Application {

    /** A new client on a connection that can be sent to at any time. */
    Client connect(Connection connection);

    /**
     * Takes a message that came from a client to where it belongs.
     *
     * @param text holds the message's bytes, which may be reused afterwards
     * @return what became of it; if it is not accepted it was dropped
     */
    Reception receive(Client client, byte[] text, int from, int to);

    /**
     * Takes bytes that came from a client, where the endpoint tells them from texts. They are taken
     * for a text unless the application knows better.
     */
    default Reception receiveBytes(Client client, byte[] bytes, int from, int to) {
        return receive(client, bytes, from, to);
    }

    /** Runs a task when all that the client has sent so far is done. The task must not block. */
    void afterPending(Client client, Runnable task);

    /** The client has gone. */
    void disconnect(Client client);
}
