package io.snorky.server.proxy;

import io.netty.handler.codec.http.HttpHeaders;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code Forwarded} (RFC 7239). Threads: immutable. */
final class ForwardedReader implements HopReader {

    private static final int MAX_LENGTH = 500;

    /**
     * A parameter and what separates it from the next. Some proxies write addresses without the
     * quotes that they need.
     */
    private static final Pattern PAIR =
            Pattern.compile(
                    "\\s*(?<name>[\\w!#$%&'*+.^`|~-]+)="
                            + "(?:(?<plain>[^\\s;\"]+)|\"(?<quoted>(?:[^\"\\\\]|\\\\.)*+)\")"
                            + "\\s*(?:;|$)");

    @Override
    public Iterator<Optional<Sender>> hops(HttpHeaders headers) {
        var elements = new ListFromEnd(headers.getAll("Forwarded"));
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return elements.hasNext();
            }

            @Override
            public Optional<Sender> next() {
                String element = elements.next();
                return Unintelligible.noted("Forwarded", element, sender(element));
            }
        };
    }

    private static Optional<Sender> sender(String element) {
        Map<String, String> parameters = parameters(element);
        boolean encrypted = XForwardedReader.isEncrypted(parameters.getOrDefault("proto", ""));
        return Optional.ofNullable(parameters.get("for"))
                .flatMap(Node::parse)
                .map(address -> new Sender(address, encrypted));
    }

    /** Those of an element by name; none if it is malformed. */
    private static Map<String, String> parameters(String element) {
        if (element.length() > MAX_LENGTH) {
            return Map.of();
        }
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PAIR.matcher(element);
        int end = 0;
        while (matcher.lookingAt()) {
            String name = matcher.group("name").toLowerCase(Locale.ROOT);
            if (parameters.put(name, value(matcher)) != null) {
                return Map.of();
            }
            end = matcher.end();
            matcher.region(end, element.length());
        }
        return end == element.length() ? parameters : Map.of();
    }

    private static String value(Matcher matcher) {
        String plain = matcher.group("plain");
        return plain == null ? matcher.group("quoted").replaceAll("\\\\(.)", "$1") : plain;
    }
}
