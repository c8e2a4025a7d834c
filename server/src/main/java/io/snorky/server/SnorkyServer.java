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

    private SnorkyServer(ServerBuilder builder) {
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
    public static ServerBuilder builder() {
        return new ServerBuilder();
    }

    /** Starts what was built. */
    static SnorkyServer start(ServerBuilder builder) {
        var server = new SnorkyServer(builder);
        server.listen(builder.ports);
        var meters = new CompositeMeterRegistry();
        builder.meters.ifPresent(meters::add);
        builder.management.ifPresent(address -> {
            var prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            meters.add(prometheus);
            server.manage(address, prometheus::scrape);
        });
        if (!meters.getRegistries().isEmpty()) {
            server.show(meters, builder.ports);
        }
        server.health = Health.READY;
        return server;
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
        var bootstrap =
                bootstrap(port.routes(connections), port.edge(tls), new Gate(admission, true));
        var future = bootstrap.bind(port.address()).awaitUninterruptibly();
        if (!future.isSuccess()) {
            String problem = "listen: " + port.address() + " (expected: an address that is free): ";
            throw new ConfigurationException(
                    "server", List.of(problem + future.cause().getMessage()));
        }
        ports.add(future.channel());
        LOG.log(Level.INFO, "Listening on {0}", future.channel().localAddress());
    }

    private ServerBootstrap bootstrap(Routes routes, Edge edge, Gate gate) {
        return new ServerBootstrap()
                .group(loops)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, 4096)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, false)
                .handler(gate)
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
        var future = bootstrap(routes, Edge.PLAIN, new Gate(admission, false)).bind(address);
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
        var registries = wanted.stream().flatMap(port -> port.registries().stream()).toList();
        figures.registries(registries);
        figures.services(registries);
        figures.gauge("snorky.clients", "Clients connected", connections, OpenConnections::size);
        figures.gauge(
                "snorky.sockjs.sessions",
                "SockJS sessions over HTTP",
                connections,
                OpenConnections::sessions);
        admission.show(figures);
    }

    /** The addresses listened on, in the order of {@link ServerBuilder#listen}. */
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
}
