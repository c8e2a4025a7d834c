package io.snorky.server.transport;

import io.snorky.transport.Connection;

/** A connection as its event loop sees it. */
public abstract class LoopConnection implements Connection {

    /** What is on its way out to it, always the same. */
    protected abstract Outbox outbox();
}
