package io.snorky.server.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import io.snorky.server.transport.NettyLoop;

import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One request and its answer.
 *
 * <p>Threads: {@link #answer} may be called from any thread; the first call counts. The rest
 * belongs to the event loop.
 */
public final class HttpExchange {

    private final HttpConnection connection;
    private final HttpRequest head;
    private final byte[] body;
    private final SocketAddress remoteAddress;
    private final AtomicBoolean answered = new AtomicBoolean();

    HttpExchange(HttpConnection connection, HttpRequest head, byte[] body) {
        this.connection = connection;
        this.head = head;
        this.body = body;
        this.remoteAddress = connection.peer().remoteAddress();
    }

    public HttpRequest head() {
        return head;
    }

    public byte[] body() {
        return body;
    }

    /** Where the client is that sent the request. */
    public SocketAddress remoteAddress() {
        return remoteAddress;
    }

    public NettyLoop loop() {
        return connection.loop();
    }

    /**
     * Sends the answer.
     *
     * @return false if there was one already, and this one is dropped
     */
    public boolean answer(HttpAnswer answer) {
        if (!answered.compareAndSet(false, true)) {
            return false;
        }
        connection.loop().execute(() -> connection.write(head, answer));
        return true;
    }

    /**
     * Takes the connection away from HTTP, for a protocol that is switched to. What has been read
     * beyond this request comes to the handler that is put in place.
     */
    public ChannelHandlerContext takeOver() {
        answered.set(true);
        return connection.context();
    }
}
