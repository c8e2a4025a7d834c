package io.snorky.server.websocket;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** Whose pages may connect. Keeps other sites' pages from acting in the name of their visitors. */
record OriginPolicy(Set<String> allowed) {

    OriginPolicy {
        allowed = Set.copyOf(allowed);
    }

    /**
     * @param origin the header, null if there is none: then the peer is no page
     * @param host the header, whose port does not matter
     */
    boolean admits(@Nullable String origin, @Nullable String host) {
        if (origin == null || allowed.contains("*") || allowed.contains(origin)) {
            return true;
        }
        String page = hostOf(origin);
        return host != null && !page.isEmpty() && page.equals(hostOf("http://" + host));
    }

    /** Also of hosts that {@link URI#getHost} does not take for one, as {@code my_app}. */
    private static String hostOf(String url) {
        try {
            String authority = URI.create(url).getRawAuthority();
            if (authority == null) {
                return "";
            }
            String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
            return hostAndPort.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
