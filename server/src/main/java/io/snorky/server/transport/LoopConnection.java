package io.snorky.server.transport;

import io.netty.buffer.ByteBuf;
import io.snorky.Message;
import io.snorky.transport.Connection;

/**
 * A connection as its event loop sees it.
 *
 * <p>Threads: the methods declared here are called in its event loop only.
 */
public abstract class LoopConnection implements Connection {

    /** The batch that is being gathered for this connection; see {@link NettyLoop}. */
    long batch;

    /** Whether it waits to be flushed. */
    boolean touched;

    /** How its messages look on the wire. */
    protected abstract Framing framing();

    /** Appends a message to what goes out with the next {@link #flush}. */
    protected abstract void append(Message message);

    /**
     * Appends messages that are encoded already.
     *
     * @param encoded in this connection's framing; the callee releases it
     * @param messages how many they are
     */
    protected abstract void append(ByteBuf encoded, int messages);

    /** Sends all that has been appended, with one write. */
    protected abstract void flush();
}
