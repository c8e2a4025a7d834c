package io.snorky.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import io.snorky.server.transport.NettyLoop;

import java.net.SocketAddress;
import java.time.Duration;
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
    private final boolean encrypted;
    private final AtomicBoolean answered = new AtomicBoolean();

    HttpExchange(HttpConnection connection, HttpRequest head, byte[] body) {
        this.connection = connection;
        this.head = head;
        this.body = body;
        this.remoteAddress = connection.peer().remoteAddress();
        this.encrypted = connection.peer().isEncrypted();
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

    /** Whether that one is known to speak TLS. */
    public boolean isEncrypted() {
        return encrypted;
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
     * Says that the answer will take its time. Nothing more is awaited of the peer meanwhile.
     *
     * @param lost called once if the connection ends before the answer has
     */
    public void hold(Runnable lost) {
        connection.hold(lost);
    }

    /**
     * Sends the answer at once.
     *
     * @param body released by the callee
     * @return false if there was one already, and this one is dropped
     */
    public boolean answer(HttpAnswer answer, ByteBuf body) {
        if (!answered.compareAndSet(false, true)) {
            body.release();
            return false;
        }
        connection.write(head, answer, body);
        return true;
    }

    /**
     * Begins an answer that goes out piece by piece, and so counts as the first.
     *
     * @param answer whose body is not looked at; with its length in the head if that is known
     * @param stallTimeout how long the peer may take nothing of it
     * @param onStall called if it does
     * @param onRoom called when the system has taken all of what it did not take at once
     */
    public HttpStream stream(
            HttpAnswer answer, Duration stallTimeout, Runnable onStall, Runnable onRoom) {
        answered.set(true);
        return connection.stream(head, answer, stallTimeout, onStall, onRoom);
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
