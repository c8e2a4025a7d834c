package io.snorky.server.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which endpoint answers a path: the one with exactly that path, else the one with the longest
 * prefix of it. Threads: immutable once a port listens.
 */
public final class Routes {

    private record Prefix(String path, HttpEndpoint endpoint) {}

    private final Map<String, HttpEndpoint> exact;
    private final List<Prefix> prefixes;

    /**
     * @param exact by path
     * @param prefixes by path ending in {@code /}
     */
    public Routes(Map<String, HttpEndpoint> exact, Map<String, HttpEndpoint> prefixes) {
        this.exact = new HashMap<>(exact);
        this.prefixes =
                prefixes.entrySet().stream()
                        .map(entry -> new Prefix(entry.getKey(), entry.getValue()))
                        .sorted((a, b) -> b.path.length() - a.path.length())
                        .toList();
    }

    /** The endpoint for a request's target, its query aside. */
    Optional<HttpEndpoint> find(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        HttpEndpoint found = exact.get(path);
        if (found != null) {
            return Optional.of(found);
        }
        for (Prefix prefix : prefixes) {
            if (path.startsWith(prefix.path)) {
                return Optional.of(prefix.endpoint);
            }
        }
        return Optional.empty();
    }
}
