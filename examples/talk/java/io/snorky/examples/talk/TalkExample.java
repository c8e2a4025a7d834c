package io.snorky.examples.talk;

import io.snorky.examples.login.Names;
import io.snorky.messaging.MessagingOptions;
import io.snorky.messaging.MessagingService;
import io.snorky.server.SnorkyServer;
import io.snorky.server.StaticFiles;

/** A server for messages from person to person: the page and its WebSocket at port 5001. */
public final class TalkExample {

    private static final String PAGE = "io/snorky/examples/talk/web";

    private TalkExample() {}

    /** Messages between clients with names that people can read: one for each client. */
    public static MessagingService service() {
        return new MessagingService(
                "talk",
                MessagingOptions.DEFAULT
                        .withNamesPerClient(1)
                        .withNameAllowed((client, name) -> Names.isGood(name)));
    }

    /** Runs the server until the process is told to end. */
    public static void main(String[] arguments) throws InterruptedException {
        var page = StaticFiles.onClassPath(TalkExample.class.getClassLoader(), PAGE);
        var talk = service();

        try (var server =
                SnorkyServer.builder()
                        .listen(5001, at -> at.webSocket("/ws", talk).files("/", page))
                        .start()) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            System.out.println("talk http://127.0.0.1:5001/");
            server.awaitShutdown();
        }
    }
}
