package io.snorky;

/** What became of a message that came in. */
public sealed interface Reception {

    /** It is on its way to its service. */
    Reception ACCEPTED = new Accepted();

    record Accepted() implements Reception {}

    /** It was dropped. */
    sealed interface Refused extends Reception {

        /** Why; never holds the message's content. */
        String reason();
    }

    /** It is no JSON, no envelope, or not a message that its service understands. */
    record Malformed(String reason) implements Refused {}

    /** It is an envelope, but no service has the name on it. */
    record UnknownService(String reason) implements Refused {}
}
