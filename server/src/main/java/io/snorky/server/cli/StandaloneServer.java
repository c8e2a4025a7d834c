package io.snorky.server.cli;

import io.snorky.Registry;
import io.snorky.datasync.DataSyncBackend;
import io.snorky.datasync.DataSyncService;
import io.snorky.pubsub.PubSubBackend;
import io.snorky.pubsub.PubSubService;
import io.snorky.server.ServerBuilder;
import io.snorky.server.SnorkyServer;

/** The server that a configuration describes: DataSync and PubSub, and the back end of each. */
final class StandaloneServer {

    private StandaloneServer() {}

    static SnorkyServer start(ServerConfig config) {
        DataSyncService datasync = config.datasync().service();
        var pubsub = new PubSubService("pubsub", config.pubsub().overflow());
        ServerConfig.Frontend frontend = config.frontend();
        ServerConfig.Backend backend = config.backend();
        return builder(config)
                .listen(
                        frontend.host(),
                        frontend.port(),
                        at -> {
                            frontend.edge().applyTo(at);
                            var registry = new Registry(datasync, pubsub);
                            at.webSocket(frontend.websocket(), frontend.options(), registry);
                            SockJsConfig sockJs = frontend.sockJs();
                            if (sockJs != null) {
                                at.sockJs(sockJs.path(), sockJs.options(), registry);
                            }
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
