package io.snorky.examples.shared;

import io.snorky.Service;
import io.snorky.server.SnorkyServer;

import java.net.URI;

/** A server with some services, at a free port. */
public final class TestServer implements AutoCloseable {

    private final SnorkyServer server;

    /** Starts it. */
    public TestServer(Service... services) {
        server = SnorkyServer.builder().listen(0, at -> at.webSocket("/ws", services)).start();
    }

    /** A page that has just connected. */
    public TestPage page() {
        int port = server.addresses().getFirst().getPort();
        return new TestPage(URI.create("ws://127.0.0.1:" + port + "/ws"));
    }

    @Override
    public void close() {
        server.close();
    }
}
