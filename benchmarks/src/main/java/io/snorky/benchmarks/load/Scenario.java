package io.snorky.benchmarks.load;

/** A load that is given to one server after the other. */
sealed interface Scenario permits Fanout, Echo, Idle, Churn, Stalled, Pointers, Crowd {

    /** What the table of its results is called. */
    String title();

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
