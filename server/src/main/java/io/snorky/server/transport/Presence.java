package io.snorky.server.transport;

/** Where clients are noted that can be sent to at any time, so that they can be told of the end. */
public interface Presence {

    /** One more is there. Called in its event loop. */
    void entered(LoopConnection connection);

    /** It has gone, or knows that it has to go. A second call changes nothing. */
    void left(LoopConnection connection);

    /** One more SockJS session over HTTP takes room, from before its client enters. */
    void sessionBegun();

    /** It takes none any more. */
    void sessionEnded();
}
