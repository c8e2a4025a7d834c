package io.snorky.benchmarks.peers;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.transport.Transport;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/** Vert.x on one event loop. */
public final class VertxPeer {

    private final Set<ServerWebSocket> subscribers = new LinkedHashSet<>();

    private VertxPeer() {}

    /**
     * @param args the number of event loops, which is ignored, and the transport
     */
    public static void main(String[] args) throws IOException {
        var options = new VertxOptions().setEventLoopPoolSize(1);
        Vertx vertx = Vertx.builder().with(options).withTransport(transport(args[1])).build();
        HttpServer server =
                vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                        .webSocketHandler(new VertxPeer()::opened)
                        .listen()
                        .await();
        Parent.obey(server.actualPort(), "Vert.x " + version());
        vertx.close().await();
    }

    private static Transport transport(String name) {
        return switch (name) {
            case "EPOLL" -> Transport.EPOLL;
            case "IO_URING" -> Transport.IO_URING;
            case "NIO" -> Transport.NIO;
            default -> Transport.nativeTransport();
        };
    }

    private static String version() {
        return String.valueOf(Vertx.class.getPackage().getImplementationVersion());
    }

    private void opened(ServerWebSocket socket) {
        socket.textMessageHandler(text -> heard(socket, text));
        socket.closeHandler(ended -> subscribers.remove(socket));
    }

    private void heard(ServerWebSocket socket, String text) {
        switch (text.charAt(0)) {
            case 's' -> {
                subscribers.add(socket);
                socket.writeTextMessage(text);
            }
            case 'p' -> subscribers.forEach(subscriber -> subscriber.writeTextMessage(text));
            default -> socket.writeTextMessage(text);
        }
    }
}
