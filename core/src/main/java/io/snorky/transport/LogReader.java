package io.snorky.transport;

import io.snorky.Message;

/**
 * A client's place in a log. Messages of the log's end come as they are published; those that find
 * no room on the connection are not kept for it. The reader has fallen behind then, takes no more
 * of them, and reads what it misses from the log itself when there is room again, at the
 * connection's pace.
 *
 * <p>Threads: owned by the event loop of its connection.
 */
public abstract class LogReader {

    /** Where a reader that is behind sends what it misses. */
    public interface Room {

        /** Whether more can be sent now. */
        boolean isOpen();

        /** Sends, even if there is no room. */
        void send(Message message);
    }

    private final Object log;
    private long position;
    private long taken;
    private boolean behind;

    /**
     * A reader at the end of its log.
     *
     * @param log what the {@link Message#kind} of the log's messages is
     * @param end the offset of the newest entry
     */
    protected LogReader(Object log, long end) {
        this.log = log;
        position = end;
        taken = end;
    }

    /** What the {@link Message#kind} of the messages it reads is. */
    public final Object log() {
        return log;
    }

    /** Whether it has to read from the log before it takes messages of the log's end again. */
    public final boolean isBehind() {
        return behind;
    }

    /**
     * Where it has fallen behind, or has caught up: it wants nothing at or before this offset from
     * the log's end.
     */
    public final long position() {
        return position;
    }

    /**
     * Whether it takes a message of the log's end, which must then be sent. Without room it falls
     * behind, unless it has taken another message of the same offset: it gets all of them or none.
     */
    public final boolean takes(long offset, boolean hasRoom) {
        if (behind || offset <= position) {
            return false;
        }
        if (!hasRoom && offset != taken) {
            fallBehind(offset - 1);
            fellBehind();
            return false;
        }
        taken = offset;
        return true;
    }

    /**
     * It has been sent messages of the log's end up to this offset, without being asked: it is not
     * behind, and all of them come after its {@link #position}.
     */
    public final void took(long lastOffset) {
        taken = Math.max(taken, lastOffset);
    }

    /** From now on it reads from the log, beginning after this offset. */
    protected final void fallBehind(long offset) {
        behind = true;
        position = offset;
    }

    /** All up to this offset has been read: what comes later comes from the log's end. */
    protected final void caughtUp(long offset) {
        behind = false;
        position = offset;
    }

    /** It found no room. */
    protected abstract void fellBehind();

    /**
     * Goes on reading and sends what is for its client, as long as there is room. It may stop
     * earlier, so that others get their turn, and is asked again. Called while it is behind only.
     */
    public abstract void catchUp(Room room);
}
