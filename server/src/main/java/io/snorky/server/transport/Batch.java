package io.snorky.server.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.snorky.Message;
import io.snorky.Overflow;
import io.snorky.transport.Connection;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

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
    private @Nullable Object log;
    private boolean isMixed;
    private long firstOffset;
    private long lastOffset;

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
        Object itsLog = message.overflow() == Overflow.LAG ? message.kind() : null;
        if (messages.isEmpty()) {
            log = itsLog;
            firstOffset = message.offset();
        } else if (!Objects.equals(log, itsLog)) {
            isMixed = true;
        }
        lastOffset = message.offset();
        messages.add(message);
    }

    /** Whether any is of a log. */
    boolean isOfLog() {
        return log != null || isMixed;
    }

    /** Whether all are of that log. */
    @SuppressWarnings("ReferenceEquality") // a log is equal to itself only
    boolean isOfOneLog(@Nullable Object wanted) {
        return log == wanted && wanted != null && !isMixed;
    }

    long firstOffset() {
        return firstOffset;
    }

    long lastOffset() {
        return lastOffset;
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
        log = null;
        isMixed = false;
        to = NOBODY;
    }
}
