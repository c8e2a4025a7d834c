package io.snorky.server.transport;

import io.snorky.Message;
import io.snorky.json.JsonWriter;

/**
 * What is on its way out to one client, whatever carries it.
 *
 * <p>Threads: owned by the event loop of its connection.
 */
public abstract class Outbound {

    /** The batch that is being gathered for this connection; see {@link NettyLoop}. */
    long batch;

    /** Whether it is going to be flushed. */
    boolean touched;

    /** Takes a message, for the next flush or a later one. */
    protected abstract void append(Message message);

    /** Takes a message whose text is written for nobody else. */
    protected abstract void append(JsonWriter text);

    /** Takes messages that others get, too. */
    protected abstract void append(Batch messages);

    /** Whether nothing waits, so that {@link #send} may be used. */
    protected boolean isIdle() {
        return false;
    }

    /** Sends messages that others get, too, at once; only if it is idle. */
    protected void send(Batch messages) {
        append(messages);
        flush();
    }

    /** Sends what has been taken, as much as goes out now. */
    protected abstract void flush();
}
