package io.snorky.server;

import io.snorky.ConfigurationException;
import io.snorky.ConnectionHandler;
import io.snorky.Registry;
import io.snorky.Service;
import io.snorky.server.backend.BackendEndpoint;
import io.snorky.server.files.FilesEndpoint;
import io.snorky.server.http.HttpEndpoint;
import io.snorky.server.http.Routes;
import io.snorky.server.proxy.TrustedProxies;
import io.snorky.server.sockjs.SockJsEndpoint;
import io.snorky.server.sync.DownloadEndpoint;
import io.snorky.server.tls.TlsPorts;
import io.snorky.server.websocket.Dialect;
import io.snorky.server.websocket.WebSocketEndpoint;
import io.snorky.sync.Downloads;
import io.snorky.sync.SyncSessions;
import io.snorky.transport.Application;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What one port offers, by path. Threads: one at a time. */
public final class PortBuilder {

    private final InetSocketAddress address;
    private final Map<String, Function<OpenConnections, HttpEndpoint>> exact =
            new LinkedHashMap<>();
    private final Map<String, Function<OpenConnections, HttpEndpoint>> prefixes =
            new LinkedHashMap<>();
    private final List<Registry> registries = new ArrayList<>();
    private ProxyOptions proxies = ProxyOptions.NONE;
    private Optional<TlsOptions> tls = Optional.empty();

    PortBuilder(InetSocketAddress address) {
        this.address = address;
    }

    List<Registry> registries() {
        return registries;
    }

    InetSocketAddress address() {
        return address;
    }

    /** Reads what has to be read for it. */
    Edge edge(TlsPorts ports) {
        return new Edge(new TrustedProxies(proxies), tls.map(ports::open).orElse(null));
    }

    Routes routes(OpenConnections connections) {
        return new Routes(made(exact, connections), made(prefixes, connections));
    }

    private static Map<String, HttpEndpoint> made(
            Map<String, Function<OpenConnections, HttpEndpoint>> endpoints,
            OpenConnections connections) {
        Map<String, HttpEndpoint> made = new LinkedHashMap<>();
        endpoints.forEach((path, endpoint) -> made.put(path, endpoint.apply(connections)));
        return made;
    }

    /** Speaks TLS, so {@code https} and {@code wss}, and nothing else; without TLS if unset. */
    public PortBuilder tls(TlsOptions options) {
        tls = Optional.of(options);
        return this;
    }

    /** Believes the proxies before this port; {@link ProxyOptions#NONE} if unset. */
    public PortBuilder behind(ProxyOptions theProxies) {
        proxies = theProxies;
        return this;
    }

    /**
     * Offers services over WebSocket.
     *
     * @param path as {@code /ws}
     */
    public PortBuilder webSocket(String path, Service... services) {
        return webSocket(path, WebSocketOptions.DEFAULT, new Registry(services));
    }

    /** Offers a registry over WebSocket. */
    public PortBuilder webSocket(String path, WebSocketOptions options, Registry registry) {
        registries.add(registry);
        put(
                exact,
                path,
                connections ->
                        new WebSocketEndpoint(registry, Dialect.PLAIN, options, connections));
        return this;
    }

    /**
     * Offers services over SockJS, by WebSocket or whatever gets through.
     *
     * @param path as {@code /sockjs}; all below it is taken, too
     */
    public PortBuilder sockJs(String path, Service... services) {
        return sockJs(path, SockJsOptions.DEFAULT, new Registry(services));
    }

    /** Offers a registry over SockJS. */
    public PortBuilder sockJs(String path, SockJsOptions options, Registry registry) {
        registries.add(registry);
        return sockJs(path, options, (Application) registry);
    }

    /** Offers SockJS alone: clients of the handler need no services. */
    public PortBuilder sockJs(String path, ConnectionHandler handler) {
        return sockJs(path, SockJsOptions.DEFAULT, handler);
    }

    /** Offers SockJS alone, with options. */
    public PortBuilder sockJs(String path, SockJsOptions options, ConnectionHandler handler) {
        return sockJs(path, options, handler.application());
    }

    private PortBuilder sockJs(String path, SockJsOptions options, Application application) {
        if (path.endsWith("/")) {
            throw new ConfigurationException(
                    "SockJS", List.of("path: " + path + " (expected: not ending in /)"));
        }
        IdentityHashMap<OpenConnections, HttpEndpoint> made = new IdentityHashMap<>();
        Function<OpenConnections, HttpEndpoint> endpoint =
                connections ->
                        made.computeIfAbsent(
                                connections,
                                it -> new SockJsEndpoint(path, application, options, it));
        put(exact, path, endpoint);
        put(prefixes, path + "/", endpoint);
        return this;
    }

    /**
     * Offers synced objects over WebSocket, and their downloads below it.
     *
     * @param path as {@code /sync}; {@code /sync/download/…} is taken, too
     */
    public PortBuilder sync(String path, SyncSessions sessions) {
        return sync(path, WebSocketOptions.DEFAULT, sessions);
    }

    /** Offers synced objects over WebSocket, with options. */
    public PortBuilder sync(String path, WebSocketOptions options, SyncSessions sessions) {
        put(
                exact,
                path,
                connections ->
                        new WebSocketEndpoint(
                                sessions.browsers().application(),
                                Dialect.TEXTS_AND_BYTES,
                                options,
                                connections));
        return downloads(path, options.outbound(), sessions);
    }

    /**
     * Offers synced objects over SockJS, which carries no bytes: they are refused.
     *
     * @param path as {@code /sync-sockjs}; all below it is taken, too
     */
    public PortBuilder sync(String path, SockJsOptions options, SyncSessions sessions) {
        return sockJs(path, options, sessions.browsers())
                .downloads(path, options.outbound(), sessions);
    }

    private PortBuilder downloads(String path, OutboundLimits limits, SyncSessions sessions) {
        String below = path + (path.endsWith("/") ? "" : "/") + Downloads.PATH;
        var endpoint = new DownloadEndpoint(below, sessions.downloads(), limits.stallTimeout());
        put(prefixes, below, connections -> endpoint);
        return this;
    }

    /**
     * Offers services to trusted servers over HTTP.
     *
     * @param path as {@code /backend}
     * @param key the secret they show in the header {@code X-Backend-Key}; not empty
     */
    public PortBuilder httpBackend(String path, String key, Service... services) {
        return httpBackend(path, List.of(key), BackendOptions.DEFAULT, new Registry(services));
    }

    /**
     * Offers a registry to trusted servers over HTTP.
     *
     * @param keys each opens it; several, so that one can be replaced while others are in use
     */
    public PortBuilder httpBackend(
            String path, Collection<String> keys, BackendOptions options, Registry registry) {
        registries.add(registry);
        var endpoint = new BackendEndpoint(registry, keys, options);
        put(exact, path, connections -> endpoint);
        return this;
    }

    /**
     * Offers files.
     *
     * @param path what they are below, ending in {@code /}
     */
    public PortBuilder files(String path, StaticFiles files) {
        if (!path.endsWith("/")) {
            throw new ConfigurationException(
                    "files", List.of("path: " + path + " (expected: ending in /)"));
        }
        put(prefixes, path, connections -> new FilesEndpoint(path, files));
        return this;
    }

    private static void put(
            Map<String, Function<OpenConnections, HttpEndpoint>> endpoints,
            String path,
            Function<OpenConnections, HttpEndpoint> endpoint) {
        if (!path.startsWith("/")) {
            throw new ConfigurationException(
                    "endpoint", List.of("path: " + path + " (expected: starting with /)"));
        }
        if (endpoints.putIfAbsent(path, endpoint) != null) {
            throw new ConfigurationException(
                    "endpoint", List.of("path: " + path + " (expected: not in use already)"));
        }
    }
}
