package io.snorky.examples.conformance;

import io.snorky.Client;
import io.snorky.ConnectionHandler;
import io.snorky.NonBlocking;
import io.snorky.server.PortBuilder;
import io.snorky.server.SockJsOptions;
import io.snorky.server.SockJsTransport;

/**
 * The services that the official test suite of SockJS wants. Pages of every origin may use them.
 */
final class SockJsServices {

    private static final SockJsOptions OPTIONS =
            SockJsOptions.DEFAULT.withAllowedOrigins("*").withResponseLimitBytes(4096);

    private SockJsServices() {}

    static void offer(PortBuilder at) {
        var echo = new Echo();
        at.sockJs("/echo", OPTIONS, echo)
                .sockJs(
                        "/disabled_websocket_echo",
                        OPTIONS.without(SockJsTransport.WEBSOCKET, SockJsTransport.RAW_WEBSOCKET),
                        echo)
                .sockJs("/cookie_needed_echo", OPTIONS.withSessionCookie(true), echo)
                .sockJs("/close", OPTIONS, new Close());
    }

    @NonBlocking
    private static final class Echo extends ConnectionHandler {

        @Override
        protected void onMessage(Client client, String text) {
            send(client, text);
        }
    }

    @NonBlocking
    private static final class Close extends ConnectionHandler {

        @Override
        protected void onOpen(Client client) {
            close(client, 3000, "Go away!");
        }

        @Override
        protected void onMessage(Client client, String text) {}
    }
}
