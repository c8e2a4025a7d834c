package io.snorky.server.cli;

import io.snorky.Registry;
import io.snorky.Service;
import io.snorky.datasync.DataSyncBackend;
import io.snorky.datasync.DataSyncService;
import io.snorky.pubsub.PubSubBackend;
import io.snorky.pubsub.PubSubService;
import io.snorky.server.Authenticator;
import io.snorky.server.PortBuilder;
import io.snorky.server.ServerBuilder;
import io.snorky.server.SnorkyServer;
import io.snorky.server.WebSocketOptions;

/** The server that a configuration describes: DataSync and PubSub, and the back end of each. */
final class StandaloneServer {

    private StandaloneServer() {}

    static SnorkyServer start(ServerConfig config) {
        DataSyncService datasync = config.datasync().service();
        PubSubService pubsub = config.pubsub().service();
        ServerConfig.Frontend frontend = config.frontend();
        ServerConfig.Backend backend = config.backend();
        return builder(config)
                .listen(
                        frontend.host(),
                        frontend.port(),
                        at -> {
                            frontend.edge().applyTo(at);
                            offer(at, frontend, datasync, pubsub);
                        })
                .listen(
                        backend.host(),
                        backend.port(),
                        at -> {
                            backend.edge().applyTo(at);
                            at.httpBackend(
                                    backend.path(),
                                    backend.keys(),
                                    backend.options(),
                                    new Registry(
                                            new DataSyncBackend(
                                                    "datasync_backend",
                                                    datasync,
                                                    config.datasync().subscriptionTimeout()),
                                            new PubSubBackend("pubsub_backend", pubsub)));
                        })
                .start();
    }

    private static void offer(PortBuilder at, ServerConfig.Frontend frontend, Service... services) {
        var registry = new Registry(services);
        Authenticator authenticator = Authenticator.NONE;
        if (frontend.jwt() != null) {
            JwtConfig.Opened jwt = frontend.jwt().open();
            registry.register(jwt.service());
            authenticator = jwt.authenticator();
        }
        WebSocketOptions options = frontend.options().withAuthenticator(authenticator);
        at.webSocket(frontend.websocket(), options, registry);
        SockJsConfig sockJs = frontend.sockJs();
        if (sockJs != null) {
            at.sockJs(sockJs.path(), sockJs.options().withAuthenticator(authenticator), registry);
        }
    }

    private static ServerBuilder builder(ServerConfig config) {
        ServerConfig.Server server = config.server();
        var builder =
                SnorkyServer.builder()
                        .limits(config.limits())
                        .transport(server.transport())
                        .eventLoops(server.eventLoops())
                        .drainWindow(server.drainWindow())
                        .shutdownTimeout(server.shutdownTimeout());
        ServerConfig.Management management = config.management();
        return management == null
                ? builder
                : builder.management(management.host(), management.port());
    }
}
