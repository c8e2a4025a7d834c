package io.snorky;

import io.snorky.json.JsonWriter;
import io.snorky.transport.Connection;
import io.snorky.transport.LogReader;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A peer that services talk to: a browser tab, a phone, a server. Equal to itself only.
 *
 * <p>Threads: every method may be called from any thread and returns without waiting. The client's
 * messages and its coming and going are handled one after the other, in order.
 */
public final class Client {

    private static final AtomicLong COUNT = new AtomicLong();

    private final long number = COUNT.incrementAndGet();
    private final Connection connection;
    private final boolean connects;
    private final Lane lane = new Lane();
    private volatile JsonNode identity = JsonNodeFactory.instance.nullNode();
    private volatile boolean mustAuthenticate;
    private volatile boolean gone;

    /** Ends the connection when what was proved does not hold any more, or was not proved. */
    private final AtomicReference<Scheduler.@Nullable Timer> deadline = new AtomicReference<>();

    private final AtomicBoolean paused = new AtomicBoolean();

    Client(Connection connection, boolean connects) {
        this.connection = connection;
        this.connects = connects;
    }

    /** Tells this client from every other of this process. Not a secret. */
    public String id() {
        return Long.toString(number, Character.MAX_RADIX);
    }

    /** Who the client is: any JSON value; JSON null as long as nobody said. */
    public JsonNode identity() {
        return identity;
    }

    /**
     * Says who the client is, for as long as it is connected. Memberships that were entered under
     * an earlier identity keep it.
     */
    public void identify(JsonNode newIdentity) {
        become(newIdentity, null);
    }

    /**
     * Says who the client is, as {@link #identify(JsonNode)} does, and for how long that holds:
     * then the connection is closed with {@link CloseReason#TOKEN_EXPIRED}, unless the client has
     * been identified anew.
     */
    public void identify(Identification who) {
        become(
                who.identity(),
                who.validFor()
                        .map(duration -> closeAfter(duration, CloseReason.TOKEN_EXPIRED))
                        .orElse(null));
    }

    private void become(JsonNode newIdentity, Scheduler.@Nullable Timer end) {
        identity = newIdentity;
        mustAuthenticate = false;
        setDeadline(end);
    }

    /**
     * Whether it may use nothing yet but services that {@link Service#servesStrangers serve
     * strangers}.
     */
    public boolean mustAuthenticate() {
        return mustAuthenticate;
    }

    /** Treats it as its endpoint has decided. To be called once, before anything else. */
    void enter(Verdict.Admitted verdict) {
        switch (verdict) {
            case Verdict.Identified(Identification who) -> identify(who);
            case Verdict.Anonymous() -> {}
            case Verdict.TokenFirst(Duration within) -> {
                mustAuthenticate = true;
                setDeadline(closeAfter(within, CloseReason.NOT_AUTHENTICATED));
            }
        }
    }

    private Scheduler.Timer closeAfter(Duration delay, CloseReason reason) {
        return connection.eventLoop().schedule(delay, () -> close(reason));
    }

    private void setDeadline(Scheduler.@Nullable Timer next) {
        Scheduler.Timer before = deadline.getAndSet(next);
        if (before != null) {
            before.cancel();
        }
        if (gone && next != null) {
            next.cancel();
        }
    }

    /** Where the peer is, as the transport sees it. */
    public SocketAddress remoteAddress() {
        return connection.remoteAddress();
    }

    /** Whether it can be sent, and can send, bytes that are no text. */
    public boolean takesBytes() {
        return connection.takesBytes();
    }

    /**
     * Whether it can be sent something beyond the answer to its request: false for clients of the
     * HTTP back end, and for those that have gone.
     */
    public boolean isConnected() {
        return connects && !gone;
    }

    /**
     * Sends a message. Messages that one thread sends arrive in that order; if the client has gone
     * they are dropped.
     */
    public void send(Message message) {
        connection.eventLoop().deliver(message, connection);
    }

    /**
     * Sends a message that this client alone gets, as {@link #send(Message)} does.
     *
     * @param text the whole message; it may be changed as soon as this returns
     */
    public void send(JsonWriter text) {
        connection.eventLoop().deliver(text, connection);
    }

    /**
     * Runs a task in the client's event loop, in order with what it is sent. The task must not
     * block.
     */
    public void execute(Runnable task) {
        connection.eventLoop().execute(task);
    }

    /** See {@link Connection#follow}. To be called in the client's event loop. */
    public void follow(LogReader reader) {
        connection.follow(reader);
    }

    /** See {@link Connection#unfollow}. To be called in the client's event loop. */
    public void unfollow(LogReader reader) {
        connection.unfollow(reader);
    }

    /** Sends what has been sent so far, then hangs up. */
    public void close(CloseReason reason) {
        connection.close(reason);
    }

    Connection connection() {
        return connection;
    }

    void markGone() {
        gone = true;
        setDeadline(null);
    }

    /**
     * Runs a task after all earlier ones of this client. If many wait, whether they block or only
     * queue behind one that does, the connection is asked to pause.
     *
     * <p>Threads: one at a time, the connection's reader.
     */
    void run(Runnable task, boolean mayBlock) {
        if (!mayBlock && lane.pending() == 0) {
            lane.execute(task);
            return;
        }
        Runnable counted = () -> runAndMakeRoom(task);
        if (mayBlock) {
            lane.executeBlocking(counted);
        } else {
            lane.execute(counted);
        }
        if (!paused.get() && !hasRoom(lane.pending())) {
            connection.pauseReading();
            paused.set(true); // only now may another thread resume, and it does so once
            resumeIfRoom(lane.pending());
        }
    }

    /**
     * Lets what the client sends next wait for what goes on elsewhere. To be called while a message
     * of the client is handled, by what handles it.
     *
     * @return says that it is done; to be run once, by any thread
     */
    public Runnable hold() {
        return lane.hold(connection.eventLoop()::execute);
    }

    private void runAndMakeRoom(Runnable task) {
        try {
            task.run();
        } finally {
            resumeIfRoom(lane.pending() - 1);
        }
    }

    private void resumeIfRoom(int pending) {
        if (hasRoom(pending) && paused.compareAndSet(true, false)) {
            connection.resumeReading();
        }
    }

    private boolean hasRoom(int pending) {
        return pending < connection.limits().maxPending();
    }

    @Override
    public String toString() {
        return "client " + id() + " at " + remoteAddress();
    }
}
