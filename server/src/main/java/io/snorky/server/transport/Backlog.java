package io.snorky.server.transport;

import io.snorky.Message;
import io.snorky.Overflow;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;

/**
 * Messages that wait for a connection which takes no more, in the order they were sent. As long as
 * they wait they can be dropped, each as {@link Message#overflow()} says.
 *
 * <p>Threads: owned by the event loop of its connection.
 */
public final class Backlog {

    /** About what a waiting message takes beside its bytes, which many connections may share. */
    private static final int ENTRY_BYTES = 128;

    private record Held(Message message, int length) {}

    private final Drop.Counters drops;

    /** By the message's kind if newer ones replace it, else by an object of its own. */
    private final Map<Object, Held> inOrder = new LinkedHashMap<>();

    private final Map<Object, Queue<Object>> oldestOfKind = new HashMap<>();
    private long bytes;

    /** With nothing in it. */
    public Backlog(Drop.Counters drops) {
        this.drops = drops;
    }

    /** Whether nothing waits. */
    public boolean isEmpty() {
        return inOrder.isEmpty();
    }

    /** What it takes, in memory and on the wire. */
    public long bytes() {
        return bytes;
    }

    /**
     * One more waits.
     *
     * @param length in the connection's framing
     */
    public void add(Message message, int length) {
        Object key = new Object();
        switch (message.overflow()) {
            case CLOSE, LAG -> {}
            case DROP_OLDEST ->
                    oldestOfKind
                            .computeIfAbsent(message.kind(), kind -> new ArrayDeque<>())
                            .add(key);
            case CONFLATE -> {
                key = message.kind();
                if (remove(key) != null) {
                    drops.count(Drop.CONFLATED);
                }
            }
        }
        inOrder.put(key, new Held(message, length));
        bytes += length + ENTRY_BYTES;
    }

    /**
     * Drops messages of the same kind as one that has been added, the oldest first, if they are of
     * those that may be dropped.
     *
     * @return whether so many bytes less are waiting now
     */
    public boolean makeRoom(Message newest, long excess) {
        long wanted = bytes - excess;
        Queue<Object> oldest = oldestOfKind.get(newest.kind());
        while (bytes > wanted && oldest != null && !oldest.isEmpty()) {
            remove(oldest.remove());
            drops.count(Drop.DROPPED_OLDEST);
        }
        forgetIfEmpty(newest.kind(), oldest);
        return bytes <= wanted;
    }

    private void forgetIfEmpty(Object kind, @Nullable Queue<Object> oldest) {
        if (oldest != null && oldest.isEmpty()) {
            oldestOfKind.remove(kind);
        }
    }

    private @Nullable Held remove(Object key) {
        Held held = inOrder.remove(key);
        if (held != null) {
            bytes -= held.length + ENTRY_BYTES;
        }
        return held;
    }

    /** Bytes on the wire of the message that is next; there must be one. */
    int firstLength() {
        return inOrder.values().iterator().next().length;
    }

    /** Takes the message that is next out; there must be one. */
    public Message poll() {
        Iterator<Held> first = inOrder.values().iterator();
        Held held = first.next();
        first.remove();
        bytes -= held.length + ENTRY_BYTES;
        Message message = held.message;
        Queue<Object> sameKind = oldestOfKind.get(message.kind());
        if (sameKind != null && message.overflow() == Overflow.DROP_OLDEST) {
            sameKind.remove();
            forgetIfEmpty(message.kind(), sameKind);
        }
        return message;
    }
}
