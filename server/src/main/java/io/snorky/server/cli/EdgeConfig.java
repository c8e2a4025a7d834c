package io.snorky.server.cli;

import io.snorky.server.ForwardedHeader;
import io.snorky.server.PortBuilder;
import io.snorky.server.ProxyOptions;
import io.snorky.server.TlsOptions;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What connections to a port go through first.
 *
 * @param tls null for none
 */
record EdgeConfig(@Nullable TlsOptions tls, ProxyOptions proxies) {

    /** Reads the sections {@code tls} and {@code proxies} of a port. */
    static EdgeConfig read(Settings port) {
        return new EdgeConfig(
                port.optionalSection("tls").map(EdgeConfig::tls).orElse(null),
                port.optionalSection("proxies").map(EdgeConfig::proxies).orElse(ProxyOptions.NONE));
    }

    private static TlsOptions tls(Settings section) {
        var minimal =
                new TlsOptions(section.file("certificate-chain"), section.file("private-key"));
        String password = section.secret("key-password");
        List<String> protocols = section.texts("protocols", List.copyOf(minimal.protocols()));
        Duration interval = section.get("check-interval", Kind.TIMEOUT, minimal.checkInterval());
        return section.checked(
                () ->
                        minimal.withKeyPassword(password)
                                .withProtocols(protocols.toArray(String[]::new))
                                .withCheckInterval(interval),
                minimal);
    }

    private static ProxyOptions proxies(Settings section) {
        Set<String> trusted = Set.copyOf(section.texts("trusted"));
        ForwardedHeader header =
                section.get(
                        "header", Kind.oneOf(ForwardedHeader.class), ForwardedHeader.X_FORWARDED);
        boolean protocol = section.get("proxy-protocol", Kind.FLAG, false);
        return section.checked(
                () -> new ProxyOptions(trusted, header, protocol), ProxyOptions.NONE);
    }

    void applyTo(PortBuilder port) {
        port.behind(proxies);
        if (tls != null) {
            port.tls(tls);
        }
    }
}
