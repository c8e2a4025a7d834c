package io.snorky.server;

import io.snorky.server.proxy.TrustedProxies;
import io.snorky.server.tls.PortTls;

import org.jspecify.annotations.Nullable;

/**
 * What a port's connections go through before HTTP.
 *
 * @param tls null if they speak without
 */
record Edge(TrustedProxies proxies, @Nullable PortTls tls) {

    /** Neither proxies nor TLS. */
    static final Edge PLAIN = new Edge(new TrustedProxies(ProxyOptions.NONE), null);
}
