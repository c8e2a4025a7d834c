package io.snorky.server.proxy;

import io.netty.handler.codec.http.HttpHeaders;
import io.snorky.server.ProxyOptions;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** Who is believed when they say whose a request is. Threads: immutable. */
public final class TrustedProxies {

    private final List<Network> networks;
    private final HopReader reader;
    private final boolean proxyProtocol;

    public TrustedProxies(ProxyOptions options) {
        networks =
                options.trusted().stream().map(Network::parse).flatMap(Optional::stream).toList();
        reader =
                switch (options.header()) {
                    case X_FORWARDED -> new XForwardedReader();
                    case FORWARDED -> new ForwardedReader();
                };
        proxyProtocol = options.proxyProtocol();
    }

    public boolean trusts(InetSocketAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address.getAddress()));
    }

    /** Whether a connection from there has to begin with a header of the PROXY protocol. */
    public boolean introduces(InetSocketAddress address) {
        return proxyProtocol && trusts(address);
    }

    /**
     * Whose a request is: goes from proxy to proxy, as long as they are trusted and say something.
     *
     * @param peer who brought it
     */
    public Sender sender(HttpHeaders headers, Sender peer) {
        Sender sender = peer;
        var hops = reader.hops(headers);
        while (trusts(sender.address()) && hops.hasNext()) {
            Optional<Sender> before = hops.next();
            if (before.isEmpty()) {
                return sender;
            }
            sender = before.get();
        }
        return sender;
    }
}
