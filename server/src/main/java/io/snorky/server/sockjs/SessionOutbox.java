package io.snorky.server.sockjs;

import io.snorky.Message;
import io.snorky.json.JsonWriter;
import io.snorky.server.transport.Backlog;
import io.snorky.server.transport.Batch;
import io.snorky.server.transport.NettyLoop;
import io.snorky.server.transport.Outbound;
import io.snorky.transport.LogReader;

import org.jspecify.annotations.Nullable;

/**
 * What is on its way to a session. What many get goes straight to the receiver, if there is one and
 * it has room. All else waits as messages, until the next flush at least, and goes out in one
 * frame.
 *
 * <p>Threads: owned by the session's event loop.
 */
final class SessionOutbox extends Outbound implements LogReader.Room {

    private final Session session;
    private final NettyLoop loop;
    private final int maxBytes;
    private final int mark;
    private @Nullable Backlog backlog;

    /**
     * @param maxBytes that may wait, here and on the way to the receiver
     */
    SessionOutbox(Session session, NettyLoop loop, int maxBytes) {
        this.session = session;
        this.loop = loop;
        this.maxBytes = maxBytes;
        this.mark = Math.min(maxBytes, MARK_BYTES);
    }

    @Override
    protected void append(JsonWriter text) {
        append(Message.ofJson(text.toBytes()));
    }

    @Override
    protected void append(Batch messages) {
        if (!session.isOpen()) {
            return;
        }
        Receiver to = session.receiver();
        if (to != null && backlog == null && to.hasRoom()) {
            var encoded = messages.encoded(to.framing()).retainedDuplicate();
            loop.figures().delivered(messages.size(), encoded.readableBytes());
            session.send(encoded);
        } else {
            messages.messages().forEach(this::append);
        }
    }

    @Override
    protected void append(Message message) {
        if (!session.isOpen()) {
            return;
        }
        boolean isFirst = waiting() == 0;
        Backlog held = backlog;
        if (held == null) {
            held = new Backlog(loop.drops());
            backlog = held;
        }
        held.add(message, Frames.ofThisThread().element(message).length);
        if (isFirst || waiting() <= maxBytes) {
            return;
        }
        flush(); // the receiver may have room by now
        long excess = waiting() - maxBytes;
        if (excess > 0 && !held.isEmpty() && !held.makeRoom(message, excess)) {
            session.overflowed(waiting());
        }
    }

    private long waiting() {
        Receiver to = session.receiver();
        return (backlog == null ? 0 : backlog.bytes()) + (to == null ? 0 : to.waitingBytes());
    }

    @Override
    protected void flush() {
        Receiver to = session.receiver();
        if (to != null && backlog != null && to.hasRoom()) {
            finish();
        }
        if (isBehind() && isOpen()) {
            catchUp(this);
            finish();
            if (isBehind() && isOpen()) {
                loop.flushLater(this);
            }
        }
        Receiver still = session.receiver();
        if (still != null) {
            still.flush();
        }
    }

    /** Whether those who read logs may go on. */
    @Override
    public boolean isOpen() {
        Receiver to = session.receiver();
        long held = backlog == null ? 0 : backlog.bytes();
        return session.isOpen() && to != null && to.waitsForAtMost(mark / 2 - held);
    }

    @Override
    public void send(Message message) {
        append(message);
    }

    @Override
    protected boolean hasRoom(Message message) {
        return session.isOpen() && (waiting() == 0 || waiting() + message.utf8().length <= mark);
    }

    @Override
    protected boolean hasRoom(Batch messages) {
        if (messages.size() == 1) {
            return hasRoom(messages.messages().getFirst());
        }
        long bytes = waiting();
        for (Message message : messages.messages()) {
            bytes += message.utf8().length;
        }
        return session.isOpen() && bytes <= mark;
    }

    /** Gives all that waits to the receiver, if there is one, whether it has room or not. */
    void finish() {
        Backlog held = backlog;
        Receiver to = session.receiver();
        if (held == null || held.isEmpty() || to == null) {
            return;
        }
        backlog = null;
        Frames frames = Frames.ofThisThread();
        int count = 0;
        Text frame = frames.begin().ascii("a[");
        while (!held.isEmpty()) {
            if (count++ > 0) {
                frame.one(',');
            }
            frame.raw(frames.element(held.poll()));
        }
        loop.figures().delivered(count, frame.length());
        session.send(frame.one(']'));
    }

    /** Drops what waits. Returns whether there was anything. */
    boolean release() {
        boolean any = backlog != null && !backlog.isEmpty();
        backlog = null;
        return any;
    }
}
