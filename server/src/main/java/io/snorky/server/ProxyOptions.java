package io.snorky.server;

import io.snorky.ConfigurationException;
import io.snorky.server.proxy.Network;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The proxies before a port, which say whose requests they hand on. Nobody else is believed.
 *
 * <p>What they say is a client's remote address, and what counts for {@link
 * ConnectionLimits#maxPerAddress}. A proxy that says nothing, or nothing that can be understood, is
 * taken for the client itself.
 *
 * @param trusted their addresses, as {@code 192.0.2.7} or {@code 2001:db8::7}, and ranges of such,
 *     as {@code 10.0.0.0/8}
 * @param header in which they say it. Of a row of proxies, the nearest one that is not trusted is
 *     the client. It is one header only: a proxy that writes the one may hand on the other as a
 *     client made it up
 * @param proxyProtocol whether they begin each connection with a header of the PROXY protocol,
 *     version 1 or 2; then one without is closed. From others such a header is a bad request
 */
public record ProxyOptions(Set<String> trusted, ForwardedHeader header, boolean proxyProtocol) {

    /** No proxies. */
    public static final ProxyOptions NONE = new ProxyOptions(Set.of(), false);

    /**
     * @throws ConfigurationException naming all in {@code trusted} that is no address or range, and
     *     if {@code proxyProtocol} is set for nobody
     */
    public ProxyOptions {
        List<String> problems = new ArrayList<>();
        for (String network : trusted) {
            if (Network.parse(network).isEmpty()) {
                problems.add(
                        "trusted: "
                                + network
                                + " (expected: an address or a range, as 10.0.0.0/8)");
            }
        }
        if (proxyProtocol && trusted.isEmpty()) {
            problems.add("proxyProtocol: true (expected: with a trusted proxy at least)");
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException("proxies", problems);
        }
        trusted = Set.copyOf(trusted);
    }

    /** With the header {@link ForwardedHeader#X_FORWARDED}. */
    public ProxyOptions(Set<String> trusted, boolean proxyProtocol) {
        this(trusted, ForwardedHeader.X_FORWARDED, proxyProtocol);
    }
}
