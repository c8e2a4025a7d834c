package io.snorky.benchmarks.peers;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.transport.Transport;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Vert.x on one event loop. */
public final class VertxPeer {

    private final Set<Consumer<String>> subscribers = new LinkedHashSet<>();

    private VertxPeer() {}

    /**
     * @param args the number of event loops, which is ignored, and the transport
     */
    public static void main(String[] args) throws IOException {
        var options = new VertxOptions().setEventLoopPoolSize(1);
        Vertx vertx = Vertx.builder().with(options).withTransport(transport(args[1])).build();
        var peer = new VertxPeer();
        Router sockJs = sockJs(vertx, peer);
        HttpServer server =
                vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                        .requestHandler(request -> {
                            if ("/".equals(request.path())) {
                                request.toWebSocket().onSuccess(peer::opened);
                            } else {
                                sockJs.handle(request);
                            }
                        })
                        .listen()
                        .await();
        Parent.obey(server.actualPort(), "Vert.x " + version());
        vertx.close().await();
    }

    private static Router sockJs(Vertx vertx, VertxPeer peer) {
        Router router = Router.router(vertx);
        router.post().handler(BodyHandler.create(false));
        router.route("/plain/*").subRouter(SockJSHandler.create(vertx).socketHandler(peer::opened));
        return router;
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
        Consumer<String> client = socket::writeTextMessage;
        socket.textMessageHandler(text -> heard(client, text));
        socket.closeHandler(ended -> subscribers.remove(client));
    }

    private void opened(SockJSSocket socket) {
        Consumer<String> client = socket::write;
        socket.handler(text -> heard(client, text.toString()));
        socket.endHandler(ended -> subscribers.remove(client));
    }

    private void heard(Consumer<String> client, String text) {
        switch (text.charAt(0)) {
            case 's' -> {
                subscribers.add(client);
                client.accept(text);
            }
            case 'p' -> subscribers.forEach(subscriber -> subscriber.accept(text));
            default -> client.accept(text);
        }
    }
}
