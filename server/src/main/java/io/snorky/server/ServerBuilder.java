package io.snorky.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.snorky.ConfigurationException;
import io.snorky.Scheduler;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a server is made of. {@link SnorkyServer#builder} makes one.
 *
 * <p>Threads: one at a time.
 */
public final class ServerBuilder {

    final List<PortBuilder> ports = new ArrayList<>();
    int eventLoops = Runtime.getRuntime().availableProcessors();
    Transport transport = Transport.BEST;
    ConnectionLimits limits = ConnectionLimits.DEFAULT;
    Optional<MeterRegistry> meters = Optional.empty();
    Optional<InetSocketAddress> management = Optional.empty();
    Scheduler scheduler = Scheduler.system();
    Duration drainWindow = Duration.ofSeconds(5);
    Duration shutdownTimeout = Duration.ofSeconds(5);

    ServerBuilder() {}

    /**
     * Listens on a port of the loopback interface.
     *
     * @param port 0 for any that is free; see {@link SnorkyServer#addresses}
     * @param endpoints says what is offered there
     */
    public ServerBuilder listen(int port, Consumer<PortBuilder> endpoints) {
        return listen("127.0.0.1", port, endpoints);
    }

    /**
     * Listens on a port of an interface.
     *
     * @param host a name or address of this machine; {@code 0.0.0.0} for all its interfaces
     * @param port 0 for any that is free
     * @param endpoints says what is offered there
     */
    public ServerBuilder listen(String host, int port, Consumer<PortBuilder> endpoints) {
        var builder = new PortBuilder(new InetSocketAddress(host, port));
        endpoints.accept(builder);
        ports.add(builder);
        return this;
    }

    /** Threads that serve connections; as many as there are processors if unset. */
    public ServerBuilder eventLoops(int count) {
        Checks.positive("eventLoops", count);
        eventLoops = count;
        return this;
    }

    /** What the event loops run on; {@link Transport#BEST} if unset. */
    public ServerBuilder transport(Transport theTransport) {
        transport = theTransport;
        return this;
    }

    /** How many may connect; {@link ConnectionLimits#DEFAULT} if unset. */
    public ServerBuilder limits(ConnectionLimits theLimits) {
        limits = theLimits;
        return this;
    }

    /** Reminds the server to look at files that may change; that of the process if unset. */
    public ServerBuilder scheduler(Scheduler theScheduler) {
        scheduler = theScheduler;
        return this;
    }

    /** Where figures of the server are shown; nowhere if unset. */
    public ServerBuilder meters(MeterRegistry registry) {
        meters = Optional.of(registry);
        return this;
    }

    /**
     * Opens a port for operators, with {@code GET /health} (200 if it is ready, else 503) and
     * {@code GET /metrics} (for Prometheus). It has no key: keep it from the public.
     *
     * @param host a name or address of this machine
     * @param port 0 for any that is free; see {@link SnorkyServer#managementAddress}
     */
    public ServerBuilder management(String host, int port) {
        management = Optional.of(new InetSocketAddress(host, port));
        return this;
    }

    /**
     * Over how long the return of clients is spread when the server stops; 5 s if unset.
     *
     * @param window zero if they may come back at once
     */
    public ServerBuilder drainWindow(Duration window) {
        Checks.notNegative("drainWindow", window);
        drainWindow = window;
        return this;
    }

    /** How long clients may take to hang up when the server stops; 5 s if unset. */
    public ServerBuilder shutdownTimeout(Duration timeout) {
        Checks.notNegative("shutdownTimeout", timeout);
        shutdownTimeout = timeout;
        return this;
    }

    /**
     * Starts the server; it serves when this returns.
     *
     * @throws ConfigurationException if an endpoint is not as it must be or an address cannot be
     *     listened on
     */
    public SnorkyServer start() {
        LeakDetection.offUnlessAskedFor();
        return SnorkyServer.start(this);
    }
}
