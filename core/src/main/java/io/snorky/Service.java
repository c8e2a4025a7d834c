package io.snorky;

import io.snorky.json.JsonDocument;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A named part of the server that receives messages from clients and sends messages to them. To
 * offer methods to call, extend {@link io.snorky.rpc.RpcService}; for a protocol of your own,
 * {@link MessageService}.
 *
 * <p>Threads: messages of different clients are handled at the same time, those of one client one
 * after the other; each on a virtual thread, so handling may block. {@link NonBlocking} and {@link
 * SingleLane} change that.
 */
public abstract class Service {

    private final String name;
    private final boolean nonBlocking;
    private final boolean hearsOfClients;
    private final @Nullable ReentrantLock lane;

    /**
     * @param name under which clients address it, unique in its registry; not empty
     */
    protected Service(String name) {
        if (name.isEmpty()) {
            throw new ConfigurationException(
                    "service", List.of("name: \"\" (expected: not empty)"));
        }
        this.name = name;
        nonBlocking = getClass().isAnnotationPresent(NonBlocking.class);
        lane = getClass().isAnnotationPresent(SingleLane.class) ? new ReentrantLock(true) : null;
        hearsOfClients = overrides("clientConnected") || overrides("clientDisconnected");
        if (nonBlocking && lane != null) {
            String problem = "@SingleLane and @NonBlocking (expected: one of them, a lane waits)";
            throw new ConfigurationException("service " + name, List.of(problem));
        }
    }

    private boolean overrides(String method) {
        for (Class<?> type = getClass(); type != Service.class; type = type.getSuperclass()) {
            for (Method declared : type.getDeclaredMethods()) {
                if (declared.getName().equals(method)) {
                    return true;
                }
            }
        }
        return false;
    }

    public final String name() {
        return name;
    }

    /** A client has connected. Comes before its first message. */
    protected void clientConnected(Client client) {}

    /** A client has gone. Comes after its last message; what is sent to it now is dropped. */
    protected void clientDisconnected(Client client) {}

    /**
     * Decides what to do with a message, on the event loop: decodes what is needed of its text,
     * which is gone when the task runs.
     *
     * @param document holds the message's text
     * @param message its place in the document
     */
    protected abstract Handling handle(Client client, JsonDocument document, int message);

    /** Sends a value, in an envelope with this service's name. See {@link Message#of}. */
    protected final void send(Client client, @Nullable Object value) {
        client.send(message(value));
    }

    /** A message from this service, to be sent to many. See {@link Message#of}. */
    protected final Message message(@Nullable Object value) {
        return Message.of(name, value);
    }

    /**
     * Whether clients may use it that have yet to prove who they are, at an endpoint that wants
     * that first. Override it in a service that they prove it to.
     */
    protected boolean servesStrangers() {
        return false;
    }

    /** What an operator may want to know of it; nothing by default. */
    public List<Figure> figures() {
        return List.of();
    }

    /** Whether it wants to be told of the coming and going of clients. */
    final boolean hearsOfClients() {
        return hearsOfClients;
    }

    /** Whether all that this service does may run on an event loop. */
    protected final boolean isNonBlocking() {
        return nonBlocking;
    }

    /** The same task, made to wait for its turn if this service has a lane. */
    protected final Runnable inLane(Runnable task) {
        ReentrantLock turn = lane;
        if (turn == null) {
            return task;
        }
        return () -> {
            turn.lock();
            try {
                task.run();
            } finally {
                turn.unlock();
            }
        };
    }

    @Override
    public final String toString() {
        return "service " + name;
    }
}
