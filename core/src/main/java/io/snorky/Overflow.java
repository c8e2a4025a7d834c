package io.snorky;

/**
 * What becomes of messages for a client that reads too slowly: those that wait because its
 * connection takes no more. What has been handed to the system is on its way and stays so.
 */
public enum Overflow {

    /**
     * They wait, in order. When there is no room for another, the client is hung up on with {@link
     * CloseReason#SLOW_READER}: it must not miss anything, and learns that it has.
     */
    CLOSE,

    /**
     * They wait, in order. When there is no room for another, the oldest of the same kind that
     * still wait are dropped, and if that does not help, the client is hung up on.
     */
    DROP_OLDEST,

    /**
     * Only the newest of a kind waits, in the place where it was sent: one that comes replaces the
     * one before. When there is no room all the same, the client is hung up on.
     */
    CONFLATE,

    /**
     * They do not wait: what finds no room is not kept, and the client reads it later from the log
     * it belongs to, when its connection takes more. See {@link Message#inLog}.
     */
    LAG
}
