package io.snorky.examples.todo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The HTTP server: passes each request to its route, on a virtual thread, and turns what goes wrong
 * into an answer.
 *
 * <p>Threads: may be shared.
 */
final class TodoServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(TodoServer.class.getName());
    private static final int CLOSING_SECONDS = 1;

    static {
        // The JDK's server knows no other way to be told, and reads them once.
        setUnlessSet("sun.net.httpserver.nodelay", "true");
        setUnlessSet("sun.net.httpserver.maxReqTime", "30");
        setUnlessSet("sun.net.httpserver.maxRspTime", "60");
        setUnlessSet("jdk.httpserver.maxConnections", "1000");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    TodoServer(String host, int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(host, port), 0);
        server.setExecutor(threads);
    }

    /** Serves what lies below this path; of several that fit the longest counts. */
    void route(String path, Route route) {
        server.createContext(path, exchange -> serve(exchange, route));
    }

    void start() {
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Takes no more requests, and gives those that are being served a second to end. */
    @Override
    public void close() {
        server.stop(CLOSING_SECONDS);
        threads.shutdownNow();
        threads.close();
    }

    private static void serve(HttpExchange httpExchange, Route route) {
        try (var exchange = new Exchange(httpExchange)) {
            try {
                route.serve(exchange);
            } catch (ApiError error) {
                refuse(exchange, error);
            } catch (SQLException | RuntimeException failure) {
                LOG.log(
                        Level.ERROR,
                        exchange.method() + " " + exchange.path() + " failed",
                        failure);
                refuse(exchange, new ApiError(500, "the server failed; its log says why"));
            }
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "a client has gone: {0}", gone.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void refuse(Exchange exchange, ApiError error) throws IOException {
        error.headers().forEach(exchange::setHeader);
        exchange.reply(error.status(), Map.of("error", String.valueOf(error.getMessage())));
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
