package io.snorky.server;

/** A way in which a SockJS client can be connected. */
public enum SockJsTransport {

    /** SockJS frames inside a WebSocket. */
    WEBSOCKET,

    /** A WebSocket for clients without a library of SockJS: each text is a message. */
    RAW_WEBSOCKET,

    /** One long answer to a POST. */
    XHR_STREAMING,

    /** A short answer to each POST. */
    XHR,

    /** Server-sent events. */
    EVENTSOURCE,

    /** A page that never ends, of scripts. */
    HTMLFILE,

    /** A script for each answer. */
    JSONP
}
