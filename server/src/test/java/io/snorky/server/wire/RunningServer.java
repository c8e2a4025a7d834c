package io.snorky.server.wire;

import io.snorky.server.PortBuilder;
import io.snorky.server.ServerBuilder;
import io.snorky.server.SnorkyServer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.function.Consumer;

/** A server with one port that runs during the tests of a class and leaves no buffer behind. */
public final class RunningServer implements BeforeAllCallback, AfterAllCallback {

    private final ServerBuilder builder;
    private @Nullable SnorkyServer server;

    public RunningServer(Consumer<PortBuilder> endpoints) {
        this(SnorkyServer.builder(), endpoints);
    }

    public RunningServer(ServerBuilder settings, Consumer<PortBuilder> endpoints) {
        builder = settings.listen(0, endpoints);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    public void start() {
        server = builder.start();
    }

    public void stop() {
        running().close();
        Leaks.expectNone();
    }

    private SnorkyServer running() {
        return Objects.requireNonNull(server, "not started");
    }

    public InetSocketAddress address() {
        return running().addresses().get(0);
    }

    public Wire connect() {
        return Wire.to(address());
    }

    public WireWebSocket webSocket() {
        return WireWebSocket.to(address());
    }
}
