package io.snorky.server.transport;

import io.snorky.Message;
import io.snorky.Overflow;
import io.snorky.json.JsonWriter;
import io.snorky.transport.LogReader;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is on its way out to one client, whatever carries it; and who reads logs for it, which is
 * asked about their messages.
 *
 * <p>Threads: owned by the event loop of its connection.
 */
public abstract class Outbound {

    /** What may wait before messages of logs are left to be read later. */
    protected static final int MARK_BYTES = 64 * 1024;

    /** The batch that is being gathered for this connection; see {@link NettyLoop}. */
    long batch;

    /** Whether it is going to be flushed. */
    boolean touched;

    /** Whether it is going to be flushed in a while, at the latest. */
    boolean waiting;

    /** Who reads the only log, in most cases. */
    private @Nullable LogReader reader;

    /**
     * What {@link #reader} would say, near at hand for each delivery: its log as long as it is not
     * behind, where it stands, and what has been taken for it.
     */
    private @Nullable Object liveLog;

    private long livePosition;
    private long taken;

    /** Who reads further logs. */
    private List<LogReader> otherReaders = List.of();

    // --- In

    /** Takes a message, unless it is of a log and is to be read later, or nobody reads that. */
    final void take(Message message) {
        if (message.overflow() != Overflow.LAG) {
            append(message);
            return;
        }
        LogReader asked = readerOf(message.kind());
        if (asked != null && isTaken(message, asked)) {
            append(message);
        }
    }

    private boolean isTaken(Message message, LogReader asked) {
        if (asked.equals(reader)) {
            asked.took(taken);
        }
        boolean isTaken = asked.takes(message.offset(), hasRoom(message));
        lookAtReader();
        return isTaken;
    }

    private void lookAtReader() {
        if (reader != null) {
            liveLog = reader.isBehind() ? null : reader.log();
            livePosition = reader.position();
        }
    }

    /** Takes messages that others get, too. */
    final void take(Batch messages) {
        if (maySend(messages)) {
            append(messages);
            took(messages);
        } else {
            messages.messages().forEach(this::take);
        }
    }

    /** Whether all of them may be sent at once, as far as logs are concerned. */
    final boolean maySend(Batch messages) {
        return !messages.isOfLog()
                || messages.isOfOneLog(liveLog)
                        && messages.firstOffset() > livePosition
                        && hasRoom(messages);
    }

    /** They have been sent. */
    final void took(Batch messages) {
        if (messages.isOfLog()) {
            taken = messages.lastOffset();
        }
    }

    private @Nullable LogReader readerOf(@Nullable Object log) {
        LogReader first = reader;
        if (first == null || first.log().equals(log)) {
            return first;
        }
        for (LogReader other : otherReaders) {
            if (other.log().equals(log)) {
                return other;
            }
        }
        return null;
    }

    /** Takes a message, for the next flush or a later one. */
    protected abstract void append(Message message);

    /** Takes a message whose text is written for nobody else. */
    protected abstract void append(JsonWriter text);

    /** Takes messages that others get, too. */
    protected abstract void append(Batch messages);

    /** Whether a message that is taken now waits for little. */
    protected abstract boolean hasRoom(Message message);

    /** Whether messages that are taken now wait for little. */
    protected abstract boolean hasRoom(Batch messages);

    // --- Out

    /** Whether nothing waits, so that {@link #send} may be used. */
    protected boolean isIdle() {
        return false;
    }

    /** Sends messages that others get, too, at once; only if it is idle. */
    protected void send(Batch messages) {
        append(messages);
        flush();
    }

    /** Sends what has been taken, as much as goes out now. */
    protected abstract void flush();

    // --- Logs

    /** From now on the messages of a log are for this reader to take or to leave. */
    final void follow(LogReader newReader) {
        if (reader == null) {
            reader = newReader;
        } else if (!reader.equals(newReader) && !otherReaders.contains(newReader)) {
            otherReaders = Stream.concat(otherReaders.stream(), Stream.of(newReader)).toList();
        }
        lookAtReader();
    }

    /** This reader is asked nothing any more, and what is of its log is dropped. */
    final void unfollow(LogReader former) {
        if (former.equals(reader)) {
            reader = otherReaders.isEmpty() ? null : otherReaders.getFirst();
            liveLog = null;
            taken = 0;
        }
        otherReaders =
                otherReaders.stream()
                        .filter(each -> !each.equals(former) && !each.equals(reader))
                        .toList();
        lookAtReader();
    }

    /** Whether somebody would go on reading from a log if there were room. */
    protected final boolean isBehind() {
        if (reader == null || reader.isBehind()) {
            return reader != null;
        }
        for (LogReader other : otherReaders) {
            if (other.isBehind()) {
                return true;
            }
        }
        return false;
    }

    /** Has those who are behind go on reading. */
    protected final void catchUp(LogReader.Room room) {
        catchUp(reader, room);
        for (LogReader other : otherReaders) {
            catchUp(other, room);
        }
        lookAtReader();
    }

    private static void catchUp(@Nullable LogReader reader, LogReader.Room room) {
        if (reader != null && reader.isBehind()) {
            reader.catchUp(room);
        }
    }
}
