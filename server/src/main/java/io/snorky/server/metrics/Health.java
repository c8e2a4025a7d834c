package io.snorky.server.metrics;

/** How a server is. */
public enum Health {

    /** Not listening on all ports yet. */
    STARTING,

    /** Serving. */
    READY,

    /** Stopping: no new connections, and those there are told to go. */
    DRAINING
}
