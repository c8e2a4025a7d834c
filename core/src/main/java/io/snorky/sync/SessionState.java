package io.snorky.sync;

/**
 * What an application keeps for a session: as a rule, the synced objects in it. What it throws is
 * logged and changes nothing.
 *
 * <p>Threads: one at a time for each session, with its actions; all may block.
 */
public interface SessionState {

    /** A browser has connected, and has been sent the state of the session's objects. */
    default void onConnect() {}

    /** The browser has gone; what is sent now goes nowhere. */
    default void onDisconnect() {}

    /** The session has ended, once and for all. Comes after {@link #onDisconnect}. */
    default void onTerminate() {}
}
