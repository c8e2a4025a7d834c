package io.snorky.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.snorky.ConfigurationException;
import io.snorky.Scheduler;
import io.snorky.server.http.HttpEndpoint;
import io.snorky.server.http.Routes;
import io.snorky.server.metrics.Health;
import io.snorky.server.metrics.ManagementEndpoint;
import io.snorky.server.metrics.ServerFigures;
import io.snorky.server.tls.TlsPorts;
import io.snorky.server.transport.Drop;
import io.snorky.server.transport.NettyLoop;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A running Snorky server: some ports, each with its endpoints.
 *
 * <pre>{@code
 * var datasync = new DataSyncService("datasync", new BroadcastDealer("AllPlayers", "Player"));
 *
 * try (var server = SnorkyServer.builder()
 *         .listen(5001, frontend -> frontend.webSocket("/ws", datasync))
 *         .listen(5002, backend -> backend.httpBackend(
 *                 "/backend", "swordfish", new DataSyncBackend("datasync_backend", datasync)))
 *         .start()) {
 *     server.awaitShutdown();
 * }
 * }</pre>
 *
 * <p>Threads: any.
 */
public final class SnorkyServer implements AutoCloseable {

    private static final Logger LOG = System.getLogger(SnorkyServer.class.getName());

    private final Transport transport;
    private final MultiThreadIoEventLoopGroup loops;
    private final IdentityHashMap<io.netty.channel.EventLoop, NettyLoop> nettyLoops =
            new IdentityHashMap<>();
    private final ConnectionLimits limits;
    private final Admission admission;
    private final TlsPorts tls;
    private final OpenConnections connections = new OpenConnections(new Random());
    private final Drop.Counters drops = new Drop.Counters();
    private final Duration drainWindow;
    private volatile Health health = Health.STARTING;
    private volatile @Nullable Channel managementPort;
    private final List<Channel> ports = new ArrayList<>();
    private final Duration shutdownTimeout;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private SnorkyServer(Builder builder) {
        shutdownTimeout = builder.shutdownTimeout;
        drainWindow = builder.drainWindow;
        limits = builder.limits;
        admission = new Admission(limits);
        tls = new TlsPorts(builder.scheduler);
        transport = builder.transport.resolve();
        loops = new MultiThreadIoEventLoopGroup(builder.eventLoops, transport.newFactory());
        LOG.log(Level.INFO, "{0} event loops on {1}", builder.eventLoops, transport);
        loops.forEach(executor -> {
            var loop = (io.netty.channel.EventLoop) executor;
            nettyLoops.put(loop, new NettyLoop(loop, drops));
        });
    }

    /** Builds a server. Without further words it listens on loopback only. */
    public static Builder builder() {
        return new Builder();
    }

    private void listen(List<PortBuilder> wanted) {
        List<String> problems = new ArrayList<>();
        for (PortBuilder port : wanted) {
            try {
                listen(port);
            } catch (ConfigurationException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            close();
            throw new ConfigurationException("server", problems);
        }
    }

    private void listen(PortBuilder port) {
        var bootstrap = bootstrap(port.routes(connections), port.edge(tls));
        var future = bootstrap.bind(port.address()).awaitUninterruptibly();
        if (!future.isSuccess()) {
            String problem = "listen: " + port.address() + " (expected: an address that is free): ";
            throw new ConfigurationException(
                    "server", List.of(problem + future.cause().getMessage()));
        }
        ports.add(future.channel());
        admission.govern(future.channel());
        LOG.log(Level.INFO, "Listening on {0}", future.channel().localAddress());
    }

    private ServerBootstrap bootstrap(Routes routes, Edge edge) {
        return new ServerBootstrap()
                .group(loops)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, 4096)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, false)
                .childHandler(
                        new PipelineInitializer(routes, edge, limits, admission, this::loopOf));
    }

    private NettyLoop loopOf(io.netty.channel.EventLoop executor) {
        NettyLoop loop = nettyLoops.get(executor);
        if (loop == null) {
            throw new IllegalStateException("a channel of a foreign event loop");
        }
        return loop;
    }

    /** Opens the port for operators, which stays open until the very end. */
    private void manage(InetSocketAddress address, Supplier<String> metrics) {
        Map<String, HttpEndpoint> endpoints =
                Map.of(
                        "/health",
                        ManagementEndpoint.health(() -> health),
                        "/metrics",
                        ManagementEndpoint.metrics(metrics));
        var routes = new Routes(endpoints, Map.of());
        var future = bootstrap(routes, Edge.PLAIN).bind(address);
        if (!future.awaitUninterruptibly().isSuccess()) {
            close();
            String problem = "management: " + address + " (expected: an address that is free)";
            throw new ConfigurationException("server", List.of(problem));
        }
        managementPort = future.channel();
        LOG.log(Level.INFO, "Health and metrics on {0}", managementPort.localAddress());
    }

    /** Where health and metrics are, if anywhere. */
    public Optional<InetSocketAddress> managementAddress() {
        return Optional.ofNullable(managementPort)
                .map(port -> (InetSocketAddress) port.localAddress());
    }

    private void show(MeterRegistry meters, List<PortBuilder> wanted) {
        var figures = new ServerFigures(meters);
        figures.loops(nettyLoops.values().stream().map(NettyLoop::figures).toList());
        figures.drops(drops);
        figures.registries(wanted.stream().flatMap(port -> port.registries().stream()).toList());
        figures.gauge("snorky.clients", "Clients connected", connections, OpenConnections::size);
        admission.show(figures);
    }

    /** The addresses listened on, in the order of {@link Builder#listen}. */
    public List<InetSocketAddress> addresses() {
        return ports.stream().map(port -> (InetSocketAddress) port.localAddress()).toList();
    }

    /** Waits until the server is stopped, by {@link #close} from another thread. */
    public void awaitShutdown() throws InterruptedException {
        stopped.await();
    }

    /**
     * Stops: accepts nobody any more and reads no more, lets what clients have sent be done, then
     * tells each with close code 1001 and the text {@code retry-after-ms=N} when to come back, and
     * ends; after the shutdown timeout in any case. A second call waits for the first.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            health = Health.DRAINING;
            ports.forEach(port -> port.close().awaitUninterruptibly());
            connections.drain(drainWindow);
            connections.awaitNone(shutdownTimeout);
            admission.closeAll();
            tls.close();
            loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
            stopped.countDown();
        }
        boolean interrupted = false;
        while (stopped.getCount() > 0) {
            try {
                stopped.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a server is made of. Threads: one at a time. */
    public static final class Builder {

        private final List<PortBuilder> ports = new ArrayList<>();
        private int eventLoops = Runtime.getRuntime().availableProcessors();
        private Transport transport = Transport.BEST;
        private ConnectionLimits limits = ConnectionLimits.DEFAULT;
        private Optional<MeterRegistry> meters = Optional.empty();
        private Optional<InetSocketAddress> management = Optional.empty();
        private Scheduler scheduler = Scheduler.system();
        private Duration drainWindow = Duration.ofSeconds(5);
        private Duration shutdownTimeout = Duration.ofSeconds(5);

        private Builder() {}

        /**
         * Listens on a port of the loopback interface.
         *
         * @param port 0 for any that is free; see {@link SnorkyServer#addresses}
         * @param endpoints says what is offered there
         */
        public Builder listen(int port, Consumer<PortBuilder> endpoints) {
            return listen("127.0.0.1", port, endpoints);
        }

        /**
         * Listens on a port of an interface.
         *
         * @param host a name or address of this machine; {@code 0.0.0.0} for all its interfaces
         * @param port 0 for any that is free
         * @param endpoints says what is offered there
         */
        public Builder listen(String host, int port, Consumer<PortBuilder> endpoints) {
            var builder = new PortBuilder(new InetSocketAddress(host, port));
            endpoints.accept(builder);
            ports.add(builder);
            return this;
        }

        /** Threads that serve connections; as many as there are processors if unset. */
        public Builder eventLoops(int count) {
            if (count < 1) {
                throw new IllegalArgumentException(
                        "eventLoops: " + count + " (expected: more than zero)");
            }
            eventLoops = count;
            return this;
        }

        /** What the event loops run on; {@link Transport#BEST} if unset. */
        public Builder transport(Transport theTransport) {
            transport = theTransport;
            return this;
        }

        /** How many may connect; {@link ConnectionLimits#DEFAULT} if unset. */
        public Builder limits(ConnectionLimits theLimits) {
            limits = theLimits;
            return this;
        }

        /** Reminds the server to look at files that may change; that of the process if unset. */
        public Builder scheduler(Scheduler theScheduler) {
            scheduler = theScheduler;
            return this;
        }

        /** Where figures of the server are shown; nowhere if unset. */
        public Builder meters(MeterRegistry registry) {
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
        public Builder management(String host, int port) {
            management = Optional.of(new InetSocketAddress(host, port));
            return this;
        }

        /**
         * Over how long the return of clients is spread when the server stops; 5 s if unset.
         *
         * @param window zero if they may come back at once
         */
        public Builder drainWindow(Duration window) {
            drainWindow = window;
            return this;
        }

        /** How long clients may take to hang up when the server stops; 5 s if unset. */
        public Builder shutdownTimeout(Duration timeout) {
            shutdownTimeout = timeout;
            return this;
        }

        /**
         * Starts the server; it serves when this returns.
         *
         * @throws ConfigurationException if an endpoint is not as it must be or an address cannot
         *     be listened on
         */
        public SnorkyServer start() {
            var server = new SnorkyServer(this);
            server.listen(ports);
            var all = new CompositeMeterRegistry();
            meters.ifPresent(all::add);
            management.ifPresent(address -> {
                var prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
                all.add(prometheus);
                server.manage(address, prometheus::scrape);
            });
            if (!all.getRegistries().isEmpty()) {
                server.show(all, ports);
            }
            server.health = Health.READY;
            return server;
        }
    }
}
