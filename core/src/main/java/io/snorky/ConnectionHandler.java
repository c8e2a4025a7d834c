package io.snorky;

import io.snorky.json.Wtf8;
import io.snorky.transport.Application;
import io.snorky.transport.Connection;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Talks with clients in plain texts, without services, as SockJS servers do:
 *
 * <pre>{@code
 * class Chat extends ConnectionHandler {
 *     @Override
 *     protected void onMessage(Client client, String text) {
 *         broadcast(client.id() + ": " + text);
 *     }
 * }
 * }</pre>
 *
 * <p>Clients that have to prove first who they are ({@link Verdict.TokenFirst}) are sent away, as
 * there is nobody to prove it to.
 *
 * <p>Threads: what concerns one client happens one thing after the other, on a virtual thread, so
 * it may block; different clients at the same time. Marked {@link NonBlocking} it runs on event
 * loops and must not block. The methods for sending may be called from any thread.
 */
public abstract class ConnectionHandler {

    private static final Logger LOG = System.getLogger(ConnectionHandler.class.getName());

    private final boolean mayBlock = !getClass().isAnnotationPresent(NonBlocking.class);
    private final Audience everybody = new Audience();
    private final Map<Client, Audience.Membership> memberships = new ConcurrentHashMap<>();
    private final Application application = new Alone();

    /** A handler whose clients are yet to come. */
    protected ConnectionHandler() {}

    /** A client has connected. Comes before its first message. */
    protected void onOpen(Client client) {}

    /**
     * A client has sent something.
     *
     * @param text any string; over SockJS also one with half of a surrogate pair
     */
    protected abstract void onMessage(Client client, String text);

    /**
     * A client has sent bytes that are no text, to an endpoint that tells the two apart. Does
     * nothing, unless overridden.
     *
     * @param bytes the handler's own
     */
    protected void onBytes(Client client, byte[] bytes) {}

    /** A client has gone, whoever wanted it. Comes after its last message. */
    protected void onClose(Client client) {}

    /**
     * Sends a text to a client. Texts that one thread sends arrive in that order; if the client has
     * gone they are dropped. For a part of the clients, make an {@link Audience} and send {@link
     * Message#ofText}.
     */
    protected final void send(Client client, String text) {
        client.send(Message.ofText(text));
    }

    /** Sends a text to all who are connected. */
    protected final void broadcast(String text) {
        everybody.send(Message.ofText(text));
    }

    /**
     * Sends what has been sent to a client so far, then hangs up.
     *
     * @param code 1000, or 3000 to 4999
     * @param reason at most 123 bytes in UTF-8
     */
    protected final void close(Client client, int code, String reason) {
        client.close(new CloseReason(code, reason));
    }

    /** Clients that are connected. */
    public final int connected() {
        return everybody.size();
    }

    /** What an endpoint needs of it. Applications do not. */
    public final Application application() {
        return application;
    }

    private final class Alone implements Application {

        @Override
        public Client connect(Connection connection) {
            var client = new Client(connection, true);
            client.enter(connection.admitted());
            if (client.mustAuthenticate()) {
                client.close(CloseReason.NOT_AUTHENTICATED); // nobody here takes tokens
                return client;
            }
            memberships.put(client, everybody.join(client));
            run(client, () -> onOpen(client));
            return client;
        }

        @Override
        public Reception receive(Client client, byte[] text, int from, int to) {
            String message = Wtf8.decode(text, from, to);
            run(client, () -> onMessage(client, message));
            return Reception.ACCEPTED;
        }

        @Override
        public Reception receiveBytes(Client client, byte[] bytes, int from, int to) {
            byte[] own = Arrays.copyOfRange(bytes, from, to);
            run(client, () -> onBytes(client, own));
            return Reception.ACCEPTED;
        }

        @Override
        public void afterPending(Client client, Runnable task) {
            client.run(task, false);
        }

        @Override
        public void disconnect(Client client) {
            client.markGone();
            Audience.Membership membership = memberships.remove(client);
            if (membership != null) {
                membership.leave();
            }
            run(client, () -> onClose(client));
        }

        private void run(Client client, Runnable task) {
            if (client.mustAuthenticate()) {
                return;
            }
            client.run(() -> guarded(client, task), mayBlock);
        }

        private void guarded(Client client, Runnable task) {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "A handler failed for " + client, e);
            }
        }
    }
}
