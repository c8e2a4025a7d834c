package io.snorky.server;

import io.snorky.Verdict;

/**
 * Asked about everybody who wants to connect, at the handshake of a WebSocket or the beginning of a
 * SockJS session:
 *
 * <pre>{@code
 * Authenticator byAddress = request -> request.remoteAddress().getAddress().isLoopbackAddress()
 *         ? Verdict.ANONYMOUS
 *         : new Verdict.Refused("Not from there");
 * }</pre>
 *
 * <p>Ready-made ones are in {@link io.snorky.server.identity}. Who is refused sees the connection
 * open and close at once with code 4401 and the verdict's reason: pages cannot read the status of a
 * handshake.
 *
 * <p>Threads: called on virtual threads, many at a time; it may block. After 10 s it is interrupted
 * and the peer sent away with code 1011, as when it throws, which is logged.
 */
@FunctionalInterface
public interface Authenticator {

    /** Lets everybody in as nobody in particular. */
    Authenticator NONE = request -> Verdict.ANONYMOUS;

    /** Says what becomes of a peer. */
    Verdict authenticate(HandshakeRequest request) throws Exception;
}
