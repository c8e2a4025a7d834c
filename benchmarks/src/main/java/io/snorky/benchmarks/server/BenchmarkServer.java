package io.snorky.benchmarks.server;

import io.snorky.Registry;
import io.snorky.benchmarks.peers.Parent;
import io.snorky.chat.ChatService;
import io.snorky.cursors.CursorsService;
import io.snorky.datasync.BroadcastDealer;
import io.snorky.datasync.DataSyncBackend;
import io.snorky.datasync.DataSyncService;
import io.snorky.pubsub.PubSubService;
import io.snorky.server.InboundLimits;
import io.snorky.server.SnorkyServer;
import io.snorky.server.SockJsOptions;
import io.snorky.server.Transport;
import io.snorky.server.WebSocketOptions;
import io.snorky.sync.SessionState;
import io.snorky.sync.SyncHandle;
import io.snorky.sync.SyncSessions;

import java.io.IOException;
import java.time.Duration;

/**
 * PubSub, DataSync with its back end, Chat, Cursors, and one RPC command over WebSocket and SockJS,
 * a synced object that all sessions show over WebSocket, and plain texts over SockJS. Its only
 * setting that is not the default is that one connection may send more than a browser would: here
 * one publisher speaks for many.
 */
public final class BenchmarkServer {

    private static final WebSocketOptions WEB_SOCKET =
            WebSocketOptions.DEFAULT.withInbound(withoutRates(WebSocketOptions.DEFAULT.inbound()));

    private static final SockJsOptions SOCK_JS =
            SockJsOptions.DEFAULT.withInbound(withoutRates(SockJsOptions.DEFAULT.inbound()));

    private static final int ITEMS = 10_000;

    private BenchmarkServer() {}

    private static InboundLimits withoutRates(InboundLimits limits) {
        return limits.withRates(Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ofSeconds(10));
    }

    /**
     * Serves until the parent process has gone.
     *
     * @param args the number of event loops, and the name of a {@link Transport}
     */
    public static void main(String[] args) throws IOException {
        Transport transport = Transport.valueOf(args[1]);
        try (SnorkyServer server = start(Integer.parseInt(args[0]), transport)) {
            Parent.obey(server.addresses().getFirst().getPort(), "Snorky");
        }
    }

    /** Starts it on a free port. */
    public static SnorkyServer start(int eventLoops, Transport transport) {
        var datasync = new DataSyncService("datasync", new BroadcastDealer("AllRows", "Row"));
        var registry =
                new Registry(
                        new PubSubService("pubsub"),
                        new SumService(),
                        new LoginService(),
                        new ChatService("chat"),
                        new CursorsService("cursors"),
                        datasync,
                        new DataSyncBackend("datasync_backend", datasync));
        SyncHandle items = SyncHandle.share(new Items(ITEMS));
        var sessions =
                SyncSessions.identified(session -> {
                    session.show(items);
                    return new SessionState() {};
                });
        return SnorkyServer.builder()
                .eventLoops(eventLoops)
                .transport(transport)
                .shutdownTimeout(Duration.ofSeconds(1))
                .listen(
                        0,
                        port ->
                                port.webSocket("/ws", WEB_SOCKET, registry)
                                        .sync("/sync", sessions)
                                        .sockJs("/sockjs", SOCK_JS, registry)
                                        .sockJs("/plain", SOCK_JS, new PlainTexts()))
                .start();
    }
}
