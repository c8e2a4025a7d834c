package io.snorky.server.transport;

import io.snorky.CloseReason;
import io.snorky.transport.Connection;
import io.snorky.transport.LogReader;

/** A connection as its event loop sees it. */
public abstract class LoopConnection implements Connection {

    /** What is on its way out to it, always the same. */
    protected abstract Outbound outbox();

    @Override
    public final void follow(LogReader reader) {
        outbox().follow(reader);
        ((NettyLoop) eventLoop()).flushSoon(outbox());
    }

    @Override
    public final void unfollow(LogReader reader) {
        outbox().unfollow(reader);
    }

    /**
     * Hears no more, and says goodbye when all that came before is done. May be called from any
     * thread.
     */
    public abstract void drain(CloseReason reason);
}
