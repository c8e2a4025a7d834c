package io.snorky.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpServerCodec;
import io.snorky.server.transport.StallWatch;
import io.snorky.server.transport.VanishedPeers;

import java.time.Duration;

/**
 * An answer whose body goes out piece by piece. If its head says how long it is, whoever writes
 * sees to it that it is. Else it goes to HTTP/1.1 in chunks, which whoever writes makes itself, so
 * that the same bytes can go to many; to HTTP/1.0 as it is, and ends with the connection.
 *
 * <p>Threads: {@link #isChunked} and {@link #waitingBytes} from any, the rest belongs to the event
 * loop of the request's connection.
 */
public final class HttpStream {

    /** Bytes that may wait before whoever writes should wait for room. */
    public static final int ROOM_BYTES = 64 * 1024;

    /** Has Netty say when the system has taken all it did not take at once. */
    private static final WriteBufferWaterMark EMPTY = new WriteBufferWaterMark(1, 1);

    private final HttpConnection connection;
    private final Channel channel;
    private final ChannelHandlerContext codec;
    private final boolean chunked;
    private final boolean keepAlive;
    private final StallWatch stallWatch;
    private final Runnable onRoom;

    HttpStream(
            HttpConnection connection,
            boolean chunked,
            boolean keepAlive,
            Duration stallTimeout,
            Runnable onStall,
            Runnable onRoom) {
        this.connection = connection;
        this.channel = connection.context().channel();
        this.codec = channel.pipeline().context(HttpServerCodec.class);
        this.chunked = chunked;
        this.keepAlive = keepAlive;
        this.onRoom = onRoom;
        channel.config().setWriteBufferWaterMark(EMPTY);
        VanishedPeers.notice(channel, stallTimeout.multipliedBy(4));
        this.stallWatch = new StallWatch(channel, stallTimeout, onStall);
    }

    /** Whether pieces have to be chunks (RFC 9112, section 7.1). */
    public boolean isChunked() {
        return chunked;
    }

    /**
     * Appends a piece to what goes out with the next {@link #flush}.
     *
     * @param piece released by the callee
     */
    public void write(ByteBuf piece) {
        codec.write(piece, channel.voidPromise());
    }

    /** Sends what has been written. */
    public void flush() {
        codec.flush();
        stallWatch.look();
    }

    /** Sends what has been written, and that it was all. */
    public void end() {
        stallWatch.stop();
        connection.endStream(keepAlive);
    }

    /** Cuts the connection. */
    public void cut() {
        stallWatch.stop();
        channel.close();
    }

    /** Bytes that have been written and that the system has not taken yet. */
    public long waitingBytes() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    void roomMade() {
        onRoom.run();
    }

    void stop() {
        stallWatch.stop();
    }
}
