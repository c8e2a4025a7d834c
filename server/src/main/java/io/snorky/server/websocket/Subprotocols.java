package io.snorky.server.websocket;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Agreement on a subprotocol (RFC 6455, section 4.2.2). */
public final class Subprotocols {

    private static final Pattern TOKEN = Pattern.compile("[\\w!#$%&'*+.^`|~-]+");

    private Subprotocols() {}

    /** What is no name among those that shall be, each as {@code what: value (expected: …)}. */
    public static List<String> problems(Collection<String> names) {
        List<String> problems = new ArrayList<>();
        var seen = new HashSet<String>();
        for (String name : names) {
            if (!TOKEN.matcher(name).matches()) {
                problems.add(
                        "subprotocols: "
                                + name
                                + " (expected: letters, digits and !#$%&'*+-.^_`|~)");
            } else if (!seen.add(name)) {
                problems.add("subprotocols: " + name + " (expected: once)");
            }
        }
        return problems;
    }

    /** Whether a client offers different tokens, or nothing. */
    static boolean isOfferWellFormed(HttpRequest request) {
        return problems(offered(request)).isEmpty();
    }

    /**
     * @param spoken by the endpoint, those it prefers first
     * @return the first that the client offers, too
     */
    static Optional<String> choose(List<String> spoken, HttpRequest request) {
        List<String> offered = offered(request);
        return spoken.stream().filter(offered::contains).findFirst();
    }

    private static List<String> offered(HttpRequest request) {
        List<String> offered = new ArrayList<>();
        for (String line : request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)) {
            for (String name : line.split(",", -1)) {
                offered.add(name.strip());
            }
        }
        return offered;
    }
}
