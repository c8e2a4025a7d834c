package io.snorky.server.policy;

import java.util.Optional;

/**
 * Origins that look alike.
 *
 * @param base one of them, or the one whose sub-domains they are
 * @param subdomains whether they are its sub-domains, of any depth; itself it is none
 */
record OriginPattern(Origin base, boolean subdomains) {

    /**
     * @param text as {@code https://example.org:8443} or {@code https://*.example.org}
     * @return empty if it is something else
     */
    static Optional<OriginPattern> parse(String text) {
        boolean subdomains = text.contains("://*.");
        return Origin.parse(subdomains ? text.replaceFirst("://\\*\\.", "://") : text)
                .filter(base -> !(subdomains && base.host().startsWith("[")))
                .map(base -> new OriginPattern(base, subdomains));
    }

    boolean matches(Origin origin) {
        return origin.scheme().equals(base.scheme())
                && origin.port() == base.port()
                && matches(origin.host());
    }

    private boolean matches(String host) {
        return subdomains
                ? host.length() > base.host().length() + 1 && host.endsWith("." + base.host())
                : host.equals(base.host());
    }
}
