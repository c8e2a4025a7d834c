package io.snorky.examples.calculator;

import io.snorky.server.SnorkyServer;
import io.snorky.server.StaticFiles;

/** A server with the calculator: its page and its WebSocket at port 5001. */
public final class CalculatorExample {

    private static final String PAGE = "io/snorky/examples/calculator/web";

    private CalculatorExample() {}

    /** Runs the server until the process is told to end. */
    public static void main(String[] arguments) throws InterruptedException {
        var page = StaticFiles.onClassPath(CalculatorExample.class.getClassLoader(), PAGE);

        try (var calculator = new CalculatorService();
                var server =
                        SnorkyServer.builder()
                                .listen(
                                        5001,
                                        at -> at.webSocket("/ws", calculator).files("/", page))
                                .start()) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            System.out.println("calculator http://127.0.0.1:5001/");
            server.awaitShutdown();
        }
    }
}
