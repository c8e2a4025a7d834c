package io.snorky.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.snorky.server.transport.HalfClose;
import io.snorky.server.transport.StallWatch;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Writes the answers of one connection, one after the other, and ends it after the last.
 *
 * <p>Threads: owned by the event loop of the connection.
 */
final class AnswerWriter {

    /** How long a peer may go on sending what nobody reads, after an answer that ends it all. */
    private static final int LINGER_SECONDS = 2;

    private final ChannelHandlerContext context;
    private final StallWatch stallWatch;
    private final Runnable onWritten;

    /**
     * @param stallTimeout how long the peer may take nothing of an answer
     * @param onStall called if it does
     * @param onWritten called when an answer is on its way that is not the last
     */
    AnswerWriter(
            ChannelHandlerContext context,
            Duration stallTimeout,
            Runnable onStall,
            Runnable onWritten) {
        this.context = context;
        this.stallWatch = new StallWatch(context.channel(), stallTimeout, onStall);
        this.onWritten = onWritten;
    }

    ChannelHandlerContext context() {
        return context;
    }

    /** Says that the body may come. */
    void goAhead() {
        context.writeAndFlush(
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
    }

    /** Sends bytes as they are. */
    void writeRaw(byte[] bytes) {
        context.pipeline()
                .context(HttpServerCodec.class)
                .writeAndFlush(Unpooled.wrappedBuffer(bytes));
    }

    /**
     * Writes a whole answer.
     *
     * @param request what it answers; null if there is none that could be read
     * @param keepAlive whether others may follow
     * @param content its body, in place of its own; released by the callee
     */
    void write(
            @Nullable HttpRequest request, HttpAnswer answer, ByteBuf content, boolean keepAlive) {
        int length = content.readableBytes();
        ByteBuf body = content;
        if (request != null && request.method().equals(HttpMethod.HEAD)) {
            body.release();
            body = Unpooled.EMPTY_BUFFER;
        }
        HttpVersion version = request == null ? HttpVersion.HTTP_1_1 : request.protocolVersion();
        boolean isComplete = !answer.mayHaveBody() && keepAlive && version.isKeepAliveDefault();
        HttpHeaders headers = isComplete ? answer.headers() : answer.headers().copy();
        if (answer.mayHaveBody()) {
            headers.setInt(HttpHeaderNames.CONTENT_LENGTH, length);
        }
        if (!isComplete) {
            HttpUtil.setKeepAlive(headers, version, keepAlive);
        }
        send(
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        answer.status(),
                        body,
                        headers,
                        EmptyHttpHeaders.INSTANCE),
                keepAlive);
    }

    /** Writes the head of an answer whose body comes piece by piece. */
    void writeHead(HttpAnswer answer, boolean chunked, boolean keepAlive) {
        var response =
                new DefaultHttpResponse(
                        HttpVersion.HTTP_1_1, answer.status(), answer.headers().copy());
        HttpUtil.setTransferEncodingChunked(response, chunked);
        HttpUtil.setKeepAlive(response, keepAlive);
        context.channel().write(response, context.channel().voidPromise());
    }

    /** Says that there are no more pieces. */
    void writeEnd(boolean keepAlive) {
        send(LastHttpContent.EMPTY_LAST_CONTENT, keepAlive);
    }

    private void send(Object last, boolean keepAlive) {
        context.channel()
                .writeAndFlush(last)
                .addListener(written -> {
                    if (keepAlive) {
                        onWritten.run();
                    } else {
                        linger(context.channel());
                    }
                });
        stallWatch.look();
    }

    /** Closing at once while the peer still sends would destroy the answer on its way. */
    private static void linger(Channel channel) {
        if (channel.isActive()) {
            HalfClose.of(channel);
            channel.config().setAutoRead(true);
            var timer =
                    channel.eventLoop()
                            .schedule(() -> channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
            channel.closeFuture().addListener(future -> timer.cancel(false));
        } else {
            channel.close().addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Watches no more over what is on its way. */
    void stop() {
        stallWatch.stop();
    }
}
