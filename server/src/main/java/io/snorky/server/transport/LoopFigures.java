package io.snorky.server.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What one event loop has done so far. Counting costs an addition: only the loop writes, and
 * readers see a value that is true or was a moment ago.
 *
 * <p>Threads: the methods that count belong to the event loop, the others to any.
 */
public final class LoopFigures {

    private static final VarHandle MESSAGES_IN = handle("messagesIn");
    private static final VarHandle BYTES_IN = handle("bytesIn");
    private static final VarHandle DELIVERIES = handle("deliveries");
    private static final VarHandle BYTES_OUT = handle("bytesOut");
    private static final VarHandle FLUSHES = handle("flushes");
    private static final VarHandle WAKEUPS = handle("wakeups");
    private static final VarHandle PAUSES = handle("pauses");

    private long messagesIn;
    private long bytesIn;
    private long deliveries;
    private long bytesOut;
    private long flushes;
    private long wakeups;
    private long pauses;

    LoopFigures() {}

    private static VarHandle handle(String field) {
        try {
            return MethodHandles.lookup().findVarHandle(LoopFigures.class, field, long.class);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(field, e);
        }
    }

    /** Messages and bytes have come in. */
    public void received(int messages, int bytes) {
        MESSAGES_IN.setOpaque(this, messagesIn + messages);
        BYTES_IN.setOpaque(this, bytesIn + bytes);
    }

    /** Messages have been written to a connection. */
    public void delivered(int messages, int bytes) {
        DELIVERIES.setOpaque(this, deliveries + messages);
        BYTES_OUT.setOpaque(this, bytesOut + bytes);
    }

    /** A connection is not read from for a while. */
    public void paused() {
        PAUSES.setOpaque(this, pauses + 1);
    }

    void woke() {
        WAKEUPS.setOpaque(this, wakeups + 1);
    }

    void flushed(int connections) {
        FLUSHES.setOpaque(this, flushes + connections);
    }

    /** Messages from clients. */
    public long messagesIn() {
        return (long) MESSAGES_IN.getOpaque(this);
    }

    /** Bytes from clients, frames and all. */
    public long bytesIn() {
        return (long) BYTES_IN.getOpaque(this);
    }

    /** Messages written, counted once for each connection. */
    public long deliveries() {
        return (long) DELIVERIES.getOpaque(this);
    }

    /** Bytes written, frames and all. */
    public long bytesOut() {
        return (long) BYTES_OUT.getOpaque(this);
    }

    /**
     * Times that what had gathered for a connection was sent: deliveries by flushes is coalescing.
     */
    public long flushes() {
        return (long) FLUSHES.getOpaque(this);
    }

    /** Times that the loop turned to what had been handed over to it. */
    public long wakeups() {
        return (long) WAKEUPS.getOpaque(this);
    }

    /** Times that a connection was not read from for a while, as its client sent too much. */
    public long pauses() {
        return (long) PAUSES.getOpaque(this);
    }
}
