package io.snorky.server.sockjs;

import io.snorky.Client;
import io.snorky.ConnectionHandler;
import io.snorky.NonBlocking;
import io.snorky.server.PortBuilder;
import io.snorky.server.ServerBuilder;
import io.snorky.server.SnorkyServer;
import io.snorky.server.SockJsOptions;
import io.snorky.server.SockJsTransport;
import io.snorky.server.wire.RunningServer;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The services that the official suite wants, and new sessions for the tests to use them with. */
final class Services {

    static final SockJsOptions OPTIONS =
            SockJsOptions.DEFAULT.withAllowedOrigins("*").withResponseLimitBytes(4096);

    private static final AtomicInteger COUNT = new AtomicInteger();

    private Services() {}

    /** Sends back what it gets. */
    @NonBlocking
    static final class Echo extends ConnectionHandler {

        @Override
        protected void onMessage(Client client, String text) {
            send(client, text);
        }
    }

    /** Hangs up at once. */
    @NonBlocking
    static final class Close extends ConnectionHandler {

        @Override
        protected void onOpen(Client client) {
            close(client, 3000, "Go away!");
        }

        @Override
        protected void onMessage(Client client, String text) {}
    }

    /** A server that does not wait long for sessions that tests have left behind. */
    static ServerBuilder builder() {
        return SnorkyServer.builder().shutdownTimeout(Duration.ofMillis(100));
    }

    static RunningServer running() {
        return new RunningServer(builder(), Services::offer);
    }

    static void offer(PortBuilder at) {
        at.sockJs("/echo", OPTIONS, new Echo())
                .sockJs("/close", OPTIONS, new Close())
                .sockJs(
                        "/disabled_websocket_echo",
                        OPTIONS.without(SockJsTransport.WEBSOCKET, SockJsTransport.RAW_WEBSOCKET),
                        new Echo())
                .sockJs("/cookie_needed_echo", OPTIONS.withSessionCookie(true), new Echo());
    }

    /** The path of a session of {@code /echo} that is not there yet. */
    static String session() {
        return session("/echo");
    }

    static String session(String base) {
        return base + "/000/s" + COUNT.incrementAndGet();
    }
}
