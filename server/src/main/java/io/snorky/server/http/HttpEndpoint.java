package io.snorky.server.http;

import io.netty.handler.codec.http.HttpRequest;

import java.util.Optional;

/**
 * What answers the requests to some path.
 *
 * <p>Threads: called in the event loop of the request's connection; must not wait.
 */
public interface HttpEndpoint {

    /**
     * Looks at a request's head before its body is read: an answer here refuses it.
     *
     * @param peer who sent it
     */
    Optional<HttpAnswer> refuse(HttpRequest head, Peer peer);

    /**
     * Looks at a request's head that has not been refused, for what has to be sent before the body
     * comes.
     *
     * @return bytes as they go out; none in all protocols but one that is long out of use
     */
    default byte[] beforeBody(HttpRequest head, Peer peer) {
        return new byte[0];
    }

    /** Bytes of a request's body, at most. */
    int maxBodyBytes();

    /** Answers a request, now or later, once. */
    void handle(HttpExchange exchange);
}
