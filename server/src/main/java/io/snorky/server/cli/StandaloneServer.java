package io.snorky.server.cli;

import io.snorky.Registry;
import io.snorky.datasync.BroadcastDealer;
import io.snorky.datasync.DataSyncBackend;
import io.snorky.datasync.DataSyncService;
import io.snorky.datasync.Dealer;
import io.snorky.pubsub.PubSubBackend;
import io.snorky.pubsub.PubSubService;
import io.snorky.server.BackendOptions;
import io.snorky.server.SnorkyServer;
import io.snorky.server.WebSocketOptions;

/** The server that a configuration describes: DataSync and PubSub, and the back end of each. */
final class StandaloneServer {

    private StandaloneServer() {}

    static SnorkyServer start(ServerConfig config) {
        Dealer[] dealers =
                config.dealers().stream()
                        .map(dealer -> new BroadcastDealer(dealer.name(), dealer.model()))
                        .toArray(Dealer[]::new);
        var datasync = new DataSyncService("datasync", dealers);
        var pubsub = new PubSubService("pubsub");
        ServerConfig.Frontend frontend = config.frontend();
        ServerConfig.Backend backend = config.backend();
        WebSocketOptions options =
                WebSocketOptions.DEFAULT.withAllowedOrigins(
                        frontend.allowedOrigins().toArray(String[]::new));
        return SnorkyServer.builder()
                .listen(
                        frontend.host(),
                        frontend.port(),
                        at ->
                                at.webSocket(
                                        frontend.websocket(),
                                        options,
                                        new Registry(datasync, pubsub)))
                .listen(
                        backend.host(),
                        backend.port(),
                        at ->
                                at.httpBackend(
                                        backend.path(),
                                        backend.keys(),
                                        BackendOptions.DEFAULT,
                                        new Registry(
                                                new DataSyncBackend("datasync_backend", datasync),
                                                new PubSubBackend("pubsub_backend", pubsub))))
                .start();
    }
}
