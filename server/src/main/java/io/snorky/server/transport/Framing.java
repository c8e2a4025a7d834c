package io.snorky.server.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.snorky.Message;

import java.util.List;

/**
 * How messages look on a transport's wire. Connections with the same framing share what is encoded
 * for it.
 */
public interface Framing {

    /** Bytes that a message takes. */
    int length(Message message);

    /** Bytes that a message takes at most whose text has so many bytes. */
    int maxLength(int textLength);

    /** Appends a message that nobody else gets, the first bytes of {@code text}. */
    void write(byte[] text, int length, ByteBuf out);

    /** Appends a message to a buffer that has room for it. */
    void write(Message message, ByteBuf out);

    /**
     * Messages one after the other.
     *
     * @param messages one at least
     * @return a buffer that the caller releases
     */
    default ByteBuf encode(List<Message> messages, ByteBufAllocator allocator) {
        int length = 0;
        for (Message message : messages) {
            length += length(message);
        }
        ByteBuf buffer = allocator.directBuffer(length, length);
        for (Message message : messages) {
            write(message, buffer);
        }
        return buffer;
    }
}
