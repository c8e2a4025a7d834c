package io.snorky.benchmarks.load;

import io.snorky.benchmarks.load.Dialect.Step;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The connections to one server, and the one thread that serves them all: whoever calls {@link
 * #poll}.
 */
final class Loop implements AutoCloseable {

    /** Handshakes at a time. */
    private static final int MAX_OPENING = 128;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long POLL_NANOS = 50 * NANOS_PER_MILLI;

    private final InetSocketAddress server;
    private final Dialect dialect;
    private final Selector selector = newSelector();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 << 10);
    private final SecureRandom sessions = new SecureRandom();
    private int opening;

    Loop(int port, Dialect dialect) {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.dialect = dialect;
    }

    private static Selector newSelector() {
        try {
            return Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getPort();
    }

    Dialect dialect() {
        return dialect;
    }

    /** A connection is ready, or will not be. */
    void opened() {
        opening--;
    }

    /** Opens a connection, which goes through a dialogue and is ready then. */
    Connection connect(List<Step> dialogue, Listener listener) {
        opening++;
        Connection connection = dialect.wire().newConnection(this, dialogue, listener);
        connection.open();
        return connection;
    }

    /** Where a session of SockJS is that has not been there before. */
    String newSessionUrl() {
        return dialect.path() + "/000/" + Long.toHexString(sessions.nextLong());
    }

    /** A link that is to be connected. */
    Link newLink(Link.User user) {
        try {
            return new Link(selector, buffer, user);
        } catch (IOException e) {
            throw new LoadException("connection: " + e + " (expected: to open)", e);
        }
    }

    /** Connects a link to the server. */
    void connect(Link link) {
        try {
            link.connect(server);
        } catch (IOException e) {
            throw new LoadException("connection: " + e + " (expected: to open)", e);
        }
    }

    /** Waits until there is room for one more handshake. */
    void awaitRoom() {
        runUntil(() -> opening < MAX_OPENING, "handshakes");
    }

    /** Waits until all connections are ready. */
    void awaitOpen() {
        runUntil(() -> opening == 0, "handshakes");
    }

    /** Does what there is to be done, and waits for it if there is nothing yet. */
    void poll(long nanos) {
        try {
            if (nanos < NANOS_PER_MILLI) {
                selector.selectNow(Loop::work);
                Thread.onSpinWait();
            } else {
                selector.select(Loop::work, nanos / NANOS_PER_MILLI);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void work(SelectionKey key) {
        ((Link) key.attachment()).work();
    }

    /** Works for some time. */
    void runFor(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            poll(Math.min(left, POLL_NANOS));
        }
    }

    /**
     * Works until something is so.
     *
     * @throws LoadException if it takes too long
     */
    void runUntil(BooleanSupplier condition, String what) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new LoadException(
                        what + ": not done (expected: within " + PATIENCE.toSeconds() + " s)");
            }
            poll(POLL_NANOS);
        }
    }

    @Override
    public void close() {
        selector.keys().forEach(key -> ((Link) key.attachment()).cut());
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
