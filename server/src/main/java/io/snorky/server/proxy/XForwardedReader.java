package io.snorky.server.proxy;

import io.netty.handler.codec.http.HttpHeaders;

import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code X-Forwarded-For} and {@code X-Forwarded-Proto}. Threads: immutable. */
final class XForwardedReader implements HopReader {

    @Override
    public Iterator<Optional<Sender>> hops(HttpHeaders headers) {
        var elements = new ListFromEnd(headers.getAll("X-Forwarded-For"));
        var protocols = new ListFromEnd(headers.getAll("X-Forwarded-Proto"));
        boolean encrypted = protocols.hasNext() && isEncrypted(protocols.next());
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return elements.hasNext();
            }

            @Override
            public Optional<Sender> next() {
                String element = elements.next();
                return Unintelligible.noted("X-Forwarded-For", element, Node.parse(element))
                        .map(address -> new Sender(address, encrypted));
            }
        };
    }

    static boolean isEncrypted(String protocol) {
        String name = protocol.toLowerCase(Locale.ROOT);
        return name.equals("https") || name.equals("wss");
    }
}
