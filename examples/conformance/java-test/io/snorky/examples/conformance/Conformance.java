package io.snorky.examples.conformance;

import io.snorky.server.SnorkyServer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.net.URI;
import java.util.Objects;

/** The conformance server, running during the tests of a class. */
final class Conformance implements BeforeAllCallback, AfterAllCallback {

    private @Nullable SnorkyServer server;

    @Override
    public void beforeAll(ExtensionContext context) {
        server = ConformanceServer.start(0, 0);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Leaks.expectNone(this::useBuffers);
        running().close();
    }

    private void useBuffers() {
        try (Peer peer = connect()) {
            peer.hearsNothing();
        }
    }

    private SnorkyServer running() {
        return Objects.requireNonNull(server, "not started");
    }

    Peer connect() {
        int port = running().addresses().get(0).getPort();
        return Peer.connect(URI.create("ws://127.0.0.1:" + port + "/ws"));
    }

    /** A browser with a session of its own, or without one where nobody is asked. */
    SyncPeer connectTo(String path) {
        int port = running().addresses().get(0).getPort();
        return new SyncPeer(URI.create("ws://127.0.0.1:" + port + path));
    }

    BackEnd backEnd() {
        int port = running().addresses().get(1).getPort();
        return new BackEnd(URI.create("http://127.0.0.1:" + port + "/backend"));
    }
}
