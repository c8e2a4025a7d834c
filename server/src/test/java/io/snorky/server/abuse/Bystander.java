package io.snorky.server.abuse;

import io.snorky.server.wire.Echo;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** A client that means well, and expects to be served. */
final class Bystander implements AutoCloseable {

    private final AtomicInteger turns = new AtomicInteger();
    private final WireWebSocket client;

    Bystander(InetSocketAddress server) {
        client = WireWebSocket.on(Wire.to(server), "/calm");
    }

    void isServed() {
        String text = Echo.of(Integer.toString(turns.incrementAndGet()));
        client.says(text);
        client.hears(text);
    }

    @Override
    public void close() {
        client.close();
    }
}
