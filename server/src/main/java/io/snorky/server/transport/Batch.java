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
public final class Batch {

    private static final Connection[] NOBODY = {};

    private final ByteBufAllocator allocator;
    private final List<Message> messages = new ArrayList<>();
    private Connection[] to = NOBODY;
    private final List<Framing> framings = new ArrayList<>();
    private final List<ByteBuf> encoded = new ArrayList<>();

    Batch(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** How many there are. */
    public int size() {
        return messages.size();
    }

    /** All of them, in order; valid until the next {@link #clear}. */
    public List<Message> messages() {
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
    public ByteBuf encoded(Framing wanted) {
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
