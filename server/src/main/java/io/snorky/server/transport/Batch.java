package io.snorky.server.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.snorky.Message;
import io.snorky.transport.Connection;

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
    private final List<Framing> framings = new ArrayList<>();
    private final List<ByteBuf> encoded = new ArrayList<>();

    Batch(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    int size() {
        return messages.size();
    }

    List<Message> messages() {
        return messages;
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

    /**
     * All messages in one buffer, which is everybody's: its indices must not be moved, and who
     * needs it beyond the next {@link #clear} retains it.
     */
    ByteBuf encoded(Framing wanted) {
        int index = framings.indexOf(wanted); // of the two or three there are
        if (index < 0) {
            index = framings.size();
            encoded.add(wanted.encode(messages, allocator));
            framings.add(wanted);
        }
        return encoded.get(index);
    }

    void clear() {
        encoded.forEach(ByteBuf::release);
        encoded.clear();
        framings.clear();
        messages.clear();
        to = NOBODY;
    }
}
