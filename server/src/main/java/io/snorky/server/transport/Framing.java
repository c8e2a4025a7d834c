package io.snorky.server.transport;

import io.netty.buffer.ByteBuf;
import io.snorky.Message;

/**
 * How messages look on a transport's wire. Connections with the same framing share what is encoded
 * for it.
 */
public interface Framing {

    /** Bytes that a message takes. */
    int length(Message message);

    /** Appends a message to a buffer that has room for it. */
    void write(Message message, ByteBuf out);
}
