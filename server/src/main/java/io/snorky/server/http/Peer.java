package io.snorky.server.http;

import io.netty.handler.codec.http.HttpHeaders;

import java.net.SocketAddress;
import java.util.Optional;

/**
 * Who sends the requests of a connection. Behind a proxy each may have a sender of its own.
 *
 * <p>Threads: owned by the connection's event loop.
 */
public interface Peer {

    /**
     * Learns from a request's head whose it is.
     *
     * @return an answer if there are too many of them
     */
    Optional<HttpAnswer> sends(HttpHeaders headers);

    /** Where the sender of the latest request is. */
    SocketAddress remoteAddress();

    /** Whether that one is known to speak TLS, with this server or with a proxy before it. */
    boolean isEncrypted();
}
