package io.snorky.server.proxy;

import java.net.InetSocketAddress;

/**
 * Whose a request is.
 *
 * @param address its port is 0 where a proxy did not say
 * @param isEncrypted whether the client is known to speak TLS
 */
public record Sender(InetSocketAddress address, boolean isEncrypted) {}
