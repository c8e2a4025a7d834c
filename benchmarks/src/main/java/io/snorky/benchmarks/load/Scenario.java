package io.snorky.benchmarks.load;

import java.util.List;

/** A load that is given to one server after the other. */
sealed interface Scenario
        permits Fanout,
                Echo,
                Idle,
                Churn,
                Stalled,
                Pointers,
                Crowd,
                Synced,
                SyncedOpening,
                SyncedStalled {

    /** What the table of its results is called. */
    String title();

    /**
     * Whom it can be given to.
     *
     * @param chosen those who were asked for
     */
    default List<Peer> peers(List<Peer> chosen) {
        return chosen;
    }

    /** Whether each run needs a server that has done nothing yet. */
    default boolean needsNewServer() {
        return false;
    }

    /**
     * Runs it once.
     *
     * @throws LoadException if it cannot be carried out, or if the server has lost something
     */
    Figures run(ServerProcess server, Dialect dialect, Timing timing);
}
