package io.snorky.examples.conformance;

import io.snorky.Registry;
import io.snorky.chat.ChatService;
import io.snorky.cursors.CursorsService;
import io.snorky.datasync.BroadcastDealer;
import io.snorky.datasync.DataSyncBackend;
import io.snorky.datasync.DataSyncService;
import io.snorky.datasync.DeltaLogLimits;
import io.snorky.datasync.FilterDealer;
import io.snorky.datasync.MemoryDeltaLog;
import io.snorky.datasync.SimpleDealer;
import io.snorky.messaging.MessagingOptions;
import io.snorky.messaging.MessagingService;
import io.snorky.pubsub.PubSubBackend;
import io.snorky.server.BackendOptions;
import io.snorky.server.SnorkyServer;
import io.snorky.server.SockJsOptions;
import io.snorky.server.WebSocketOptions;

import java.time.Duration;
import java.util.List;

/**
 * The conformance server: every service there is, on loopback, set up as the protocol's tests
 * expect it. It prints {@code ready} when both ports answer, and ends cleanly on SIGTERM.
 */
public final class ConformanceServer {

    private static final String KEY = "swordfish";

    private ConformanceServer() {}

    /**
     * Starts the server and waits until it is stopped.
     *
     * @param args {@code --port P --backend-port B}
     */
    public static void main(String[] args) throws InterruptedException {
        Ports ports = Ports.parse(args);
        try (SnorkyServer server = start(ports.frontend(), ports.backend())) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            System.out.println("ready");
            server.awaitShutdown();
        }
    }

    /** Starts the server on two ports, 0 for any that is free. */
    public static SnorkyServer start(int port, int backendPort) {
        var pubsub = new RestrictedPubSub("pubsub");
        var datasync =
                DataSyncService.builder("datasync")
                        .dealers(
                                new BroadcastDealer("AllPlayers", "Player"),
                                new SimpleDealer("PlayersByColor", "Player", "color"),
                                new FilterDealer("FilteredPlayers", "Player"),
                                new BroadcastDealer("AllTeams", "Team"),
                                new SimpleDealer("TeamsByCity", "Team", "city"),
                                new BroadcastDealer("AllNotes", "Note"))
                        .log(new MemoryDeltaLog(DeltaLogLimits.DEFAULT.withEntries(1000)))
                        .build();
        var frontend =
                new Registry(
                        pubsub,
                        datasync,
                        new MessagingService(
                                "messaging",
                                MessagingOptions.DEFAULT.withNameAllowed(
                                        (client, name) -> !name.startsWith("root"))),
                        new ChatService("chat"),
                        new CursorsService("cursors"),
                        new AuthService("auth"),
                        new TestRpc("rpc"),
                        new EchoService("echo"));
        var backend =
                new Registry(
                        new PubSubBackend("pubsub_backend", pubsub),
                        new DataSyncBackend("datasync_backend", datasync),
                        new DataSyncBackend(
                                "datasync_backend_short", datasync, Duration.ofSeconds(1)),
                        new TestRpc("rpc"));
        WebSocketOptions options =
                WebSocketOptions.DEFAULT
                        .withPingInterval(Duration.ofSeconds(2))
                        .withMaxOutboundBytes(8 << 20);
        SockJsOptions sockJs = SockJsOptions.DEFAULT.withOutbound(options.outbound());
        return SnorkyServer.builder()
                .listen(
                        port,
                        at -> {
                            at.webSocket("/ws", options, frontend);
                            at.sockJs("/sockjs", sockJs, frontend);
                            SockJsServices.offer(at);
                            SyncedSessions.offer(at, options);
                        })
                .listen(
                        backendPort,
                        at ->
                                at.httpBackend(
                                        "/backend", List.of(KEY), BackendOptions.DEFAULT, backend))
                .start();
    }
}
