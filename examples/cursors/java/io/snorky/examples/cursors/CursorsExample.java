package io.snorky.examples.cursors;

import io.snorky.cursors.CursorsOptions;
import io.snorky.cursors.CursorsService;
import io.snorky.examples.login.LoginService;
import io.snorky.server.SnorkyServer;
import io.snorky.server.StaticFiles;

/** A server with the board: the page and its WebSocket at port 5001. */
public final class CursorsExample {

    private static final String PAGE = "io/snorky/examples/cursors/web";

    private CursorsExample() {}

    /** Where everybody's pointer is: one of each client. */
    public static CursorsService service() {
        return new CursorsService("cursors", CursorsOptions.DEFAULT.withMaxCursors(client -> 1));
    }

    /** Runs the server until the process is told to end. */
    public static void main(String[] arguments) throws InterruptedException {
        var page = StaticFiles.onClassPath(CursorsExample.class.getClassLoader(), PAGE);
        var login = new LoginService();
        var cursors = service();

        try (var server =
                SnorkyServer.builder()
                        .listen(5001, at -> at.webSocket("/ws", login, cursors).files("/", page))
                        .start()) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            System.out.println("cursors http://127.0.0.1:5001/");
            server.awaitShutdown();
        }
    }
}
