package io.snorky.transport;

import io.snorky.CloseReason;
import io.snorky.Verdict;

import java.net.SocketAddress;

/**
 * The wire beneath one client.
 *
 * <p>Threads: every method may be called from any thread and returns without waiting.
 */
public interface Connection {

    /** The event loop that owns this connection, always the same. */
    EventLoop eventLoop();

    /** Where the peer is, as the transport sees it. */
    SocketAddress remoteAddress();

    /** What was found out about the peer when it came; always the same. */
    default Verdict.Admitted admitted() {
        return Verdict.ANONYMOUS;
    }

    /** Whether bytes can follow a message, each in a frame of its own; always the same. */
    default boolean takesBytes() {
        return false;
    }

    /** What its messages may be like; always the same. */
    MessageLimits limits();

    /** Sends what has been delivered so far, then closes. A second call changes nothing. */
    void close(CloseReason reason);

    /** Asks for no more messages until {@link #resumeReading}; a few may still come. */
    void pauseReading();

    /**
     * Takes one call of {@link #pauseReading} back; reading goes on when each has been. Calls of
     * the two from different threads may come in any order.
     */
    void resumeReading();

    /**
     * From now on the messages of a log are for this reader to take or to leave, and it is asked to
     * catch up whenever it is behind and there is room. To be called in the event loop; a second
     * call for the same reader has it asked soon.
     */
    void follow(LogReader reader);

    /**
     * This reader is asked about nothing any more, and the messages of its log go nowhere. To be
     * called in the event loop. Does nothing for one that does not follow.
     */
    default void unfollow(LogReader reader) {}
}
