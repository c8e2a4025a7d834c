package io.snorky;

/** What a service makes of a message it was given. */
public sealed interface Handling {

    /**
     * It is to be handled.
     *
     * @param task does it; needs nothing of the message's text any more
     * @param name what it is, for logs and figures, as {@code calculator.sum}
     * @param mayBlock whether it wants a virtual thread; else it runs on the event loop
     */
    record Task(String name, Runnable task, boolean mayBlock) implements Handling {}

    /**
     * It cannot be handled or answered.
     *
     * @param reason for the log and for peers that get a reason; without the message's content
     */
    record Drop(String reason) implements Handling {}
}
