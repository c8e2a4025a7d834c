package io.snorky.server.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.snorky.Message;
import io.snorky.transport.Connection;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Messages that gather for the same connections, encoded once for each framing among them.
 *
 * <p>Threads: owned by one event loop.
 */
final class Batch {

    private static final Connection[] NOBODY = {};

    private final ByteBufAllocator allocator;
    private final List<Message> messages = new ArrayList<>();
    private Connection[] to = NOBODY;
    private @Nullable Framing framing;
    private @Nullable ByteBuf encoded;

    Batch(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    @SuppressWarnings("ReferenceEquality") // an audience that did not change gives the same array
    boolean isFor(Connection[] connections) {
        return to == connections;
    }

    void begin(Connection[] connections) {
        to = connections;
    }

    void add(Message message) {
        messages.add(message);
    }

    Connection[] connections() {
        return to;
    }

    /** All messages in one buffer of the caller's, which shares its bytes with the others'. */
    ByteBuf encoded(Framing wanted) {
        ByteBuf buffer = encoded;
        if (buffer == null || !wanted.equals(framing)) {
            release();
            buffer = encode(wanted);
            encoded = buffer;
            framing = wanted;
        }
        return buffer.retainedDuplicate();
    }

    private ByteBuf encode(Framing wanted) {
        int length = 0;
        for (Message message : messages) {
            length += wanted.length(message);
        }
        ByteBuf buffer = allocator.directBuffer(length, length);
        for (Message message : messages) {
            wanted.write(message, buffer);
        }
        return buffer;
    }

    void clear() {
        release();
        messages.clear();
        to = NOBODY;
    }

    private void release() {
        if (encoded != null) {
            encoded.release();
            encoded = null;
        }
    }
}
