package io.snorky;

/** Is told how long messages took. Threads: called from any; must be quick. */
@FunctionalInterface
public interface TaskObserver {

    /**
     * A message has been handled. An asynchronous command counts until it returned.
     *
     * @param name the command with its service's name, or the service's where there are no commands
     * @param nanos nanoseconds, without the time it waited
     */
    void done(String name, long nanos);
}
