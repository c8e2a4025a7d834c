package io.snorky.examples.pubsub;

import io.snorky.pubsub.PubSubBackend;
import io.snorky.pubsub.PubSubService;
import io.snorky.server.SnorkyServer;
import io.snorky.server.StaticFiles;

/** A PubSub server: the page and its WebSocket at port 5001, the HTTP back end at port 5002. */
public final class PubSubExample {

    private static final String PAGE = "io/snorky/examples/pubsub/web";

    private PubSubExample() {}

    /** Runs the server until the process is told to end. */
    public static void main(String[] arguments) throws InterruptedException {
        String key = System.getenv().getOrDefault("SNORKY_BACKEND_KEY", "swordfish");
        var page = StaticFiles.onClassPath(PubSubExample.class.getClassLoader(), PAGE);
        var pubsub = new PubSubService("pubsub");
        var backend = new PubSubBackend("pubsub_backend", pubsub);

        try (var server =
                SnorkyServer.builder()
                        .listen(5001, port -> port.webSocket("/ws", pubsub).files("/", page))
                        .listen(5002, port -> port.httpBackend("/backend", key, backend))
                        .start()) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            System.out.println("pubsub http://127.0.0.1:5001/");
            server.awaitShutdown();
        }
    }
}
