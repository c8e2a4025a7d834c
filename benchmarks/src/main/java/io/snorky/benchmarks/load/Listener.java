package io.snorky.benchmarks.load;

/** What becomes of a connection. Threads: that of the {@link Loop}. */
interface Listener {

    /** All that was to be said at first has been answered. */
    default void ready(Connection connection) {}

    /** Whether messages are to be read, or only counted. */
    default boolean reads() {
        return false;
    }

    /**
     * A message has come.
     *
     * @param payload holds it in its first bytes if messages are read
     */
    default void message(Connection connection, byte[] payload, long length) {}

    /** All messages that came together have been told. */
    default void paused(Connection connection) {}

    /** It is closed, by either side. */
    default void closed(Connection connection, String reason) {
        throw new LoadException("connection: closed, " + reason + " (expected: to stay open)");
    }
}
