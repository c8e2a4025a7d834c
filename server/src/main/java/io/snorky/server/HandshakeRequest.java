package io.snorky.server;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * The HTTP request of a peer that wants to connect. As text it holds nothing that may be secret.
 *
 * <p>Threads: any.
 */
public interface HandshakeRequest {

    /** Where the peer is, as the proxies say that are trusted. */
    InetSocketAddress remoteAddress();

    /** The path that was asked for, decoded, without the query. */
    String path();

    /** The first header of a name, whatever its case. */
    Optional<String> header(String name);

    /** All headers of a name, whatever its case. */
    List<String> headers(String name);

    /** The first cookie of a name. */
    Optional<String> cookie(String name);

    /** The first parameter of a name in the query, decoded; empty if the query is malformed. */
    Optional<String> parameter(String name);
}
