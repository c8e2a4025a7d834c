package io.snorky.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import io.snorky.server.transport.Drop;
import io.snorky.server.transport.NettyLoop;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * One connection that speaks HTTP/1: takes its requests one after the other to their endpoints.
 * Requests that come before the answer to an earlier one is on its way wait; a bounded number does.
 * So a peer that does not read has one answer waiting for it at most.
 *
 * <p>Threads: owned by its event loop.
 */
public final class HttpConnection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = System.getLogger(HttpConnection.class.getName());

    /** Parts of later requests kept while an answer is awaited; beyond, reading pauses. */
    private static final int MAX_WAITING = 64;

    private enum State {
        HEAD,
        BODY,
        REFUSED_BODY,
        ANSWERING,
        ENDED
    }

    private final Routes routes;
    private final NettyLoop loop;
    private final Peer peer;
    private final Runnable settled;
    private final RequestWatch watch;
    private final Duration idleTimeout;
    private final Queue<HttpObject> waiting = new ArrayDeque<>(0);
    private @Nullable AnswerWriter writer;
    private @Nullable HttpStream stream;
    private @Nullable Runnable whenLost;
    private State state = State.HEAD;
    private @Nullable HttpRequest head;
    private @Nullable HttpEndpoint endpoint;
    private @Nullable HttpAnswer refusal;
    private ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private int discarded;
    private boolean isSettled;

    /**
     * @param requestTimeout how long the first request may take to arrive, and the body of any
     * @param idleTimeout how long it may take until the next request has arrived, and how long the
     *     peer may take nothing of an answer
     * @param settled called once: when the first request has its answer, or the connection is gone
     */
    public HttpConnection(
            Routes routes,
            NettyLoop loop,
            Peer peer,
            Duration requestTimeout,
            Duration idleTimeout,
            Runnable settled) {
        this.routes = routes;
        this.loop = loop;
        this.peer = peer;
        this.settled = settled;
        this.idleTimeout = idleTimeout;
        this.watch = new RequestWatch(loop, requestTimeout, idleTimeout, this::timedOut);
    }

    NettyLoop loop() {
        return loop;
    }

    ChannelHandlerContext context() {
        return writer().context();
    }

    private AnswerWriter writer() {
        AnswerWriter ready = writer;
        if (ready == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return ready;
    }

    Peer peer() {
        return peer;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        writer = new AnswerWriter(ctx, idleTimeout, () -> cut(Drop.STALLED), this::written);
        watch.firstRequest();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        settle();
        stopWatching();
        dropWaiting(); // requests behind the one that switched protocols
    }

    private void dropWaiting() {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }

    private void stopWatching() {
        watch.stop();
        writer().stop();
        if (stream != null) {
            stream.stop();
        }
    }

    private void settle() {
        watch.pause();
        if (!isSettled) {
            isSettled = true;
            settled.run();
        }
    }

    private void timedOut(boolean isFirst) {
        if (isFirst || state == State.BODY || state == State.REFUSED_BODY) {
            loop.drops().count(Drop.LATE_REQUEST);
            endWith(HttpAnswer.text(HttpResponseStatus.REQUEST_TIMEOUT, "Request took too long"));
        } else {
            cut(Drop.IDLE);
        }
    }

    private void cut(Drop reason) {
        loop.drops().count(reason);
        context().close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof HttpObject part)) {
            ctx.fireChannelRead(message);
        } else if (state == State.ENDED) {
            ReferenceCountUtil.release(part);
        } else if (state == State.ANSWERING) {
            waiting.add(part);
            if (waiting.size() >= MAX_WAITING) {
                ctx.channel().config().setAutoRead(false);
            }
        } else {
            take(part);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        state = State.ENDED;
        settle();
        stopWatching();
        dropWaiting();
        Runnable lost = whenLost;
        if (lost != null) {
            whenLost = null;
            lost.run();
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.log(Level.DEBUG, () -> "HTTP connection of " + peer.remoteAddress() + ": " + cause);
        ctx.close();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (stream != null && ctx.channel().isWritable()) {
            stream.roomMade();
        }
        ctx.fireChannelWritabilityChanged();
    }

    private void take(HttpObject part) {
        try {
            if (part.decoderResult().isFailure()) {
                endWith(malformed(part.decoderResult().cause()));
                return;
            }
            if (part instanceof HttpRequest request) {
                takeHead(request);
            }
            if (part instanceof HttpContent content) {
                takeBody(content.content());
                if (part instanceof LastHttpContent) {
                    takeEnd();
                }
            }
        } finally {
            ReferenceCountUtil.release(part);
        }
    }

    private HttpAnswer malformed(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            loop.drops().count(Drop.LONG_REQUEST_LINE);
            return HttpAnswer.text(
                    HttpResponseStatus.REQUEST_URI_TOO_LONG, "Request line too long");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            loop.drops().count(Drop.LARGE_HEADERS);
            return HttpAnswer.text(
                    HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "Headers too large");
        }
        loop.drops().count(Drop.MALFORMED_REQUEST);
        return HttpAnswer.text(HttpResponseStatus.BAD_REQUEST, "Not an HTTP request");
    }

    private void takeHead(HttpRequest request) {
        RequestTarget.normalize(request);
        head = request;
        watch.body();
        body = new ByteArrayOutputStream(0);
        discarded = 0;
        endpoint = routes.find(request.uri()).orElse(null);
        refusal = refusal(request).orElse(null);
        HttpAnswer refused = refusal;
        if (refused != null) {
            state = State.REFUSED_BODY;
            if (HttpUtil.is100ContinueExpected(request)) {
                endWith(refused); // whether the body comes now cannot be known
            }
            return;
        }
        state = State.BODY;
        HttpEndpoint found = endpoint;
        byte[] early = found == null ? new byte[0] : found.beforeBody(request, peer);
        if (early.length > 0) {
            writer().writeRaw(early);
        }
        if (HttpUtil.is100ContinueExpected(request)) {
            writer().goAhead();
        }
    }

    private Optional<HttpAnswer> refusal(HttpRequest request) {
        Optional<HttpAnswer> unwelcome = peer.sends(request.headers());
        if (unwelcome.isPresent()) {
            return unwelcome;
        }
        HttpEndpoint found = endpoint;
        if (found == null) {
            return Optional.of(
                    HttpAnswer.text(HttpResponseStatus.NOT_FOUND, "Nothing is served here"));
        }
        Optional<HttpAnswer> refused = found.refuse(request, peer);
        if (refused.isPresent()) {
            return refused;
        }
        return HttpUtil.getContentLength(request, 0L) > found.maxBodyBytes()
                ? Optional.of(tooLarge(found))
                : Optional.empty();
    }

    private HttpAnswer tooLarge(HttpEndpoint endpoint) {
        loop.drops().count(Drop.LARGE_BODY);
        return HttpAnswer.text(
                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                "Body too large (expected: at most " + endpoint.maxBodyBytes() + " bytes)");
    }

    private void takeBody(ByteBuf content) {
        HttpEndpoint found = endpoint;
        if (state == State.REFUSED_BODY || found == null) {
            discard(content.readableBytes());
        } else if (state == State.BODY) {
            if (body.size() + content.readableBytes() > found.maxBodyBytes()) {
                endWith(tooLarge(found));
                return;
            }
            try {
                content.readBytes(body, content.readableBytes());
            } catch (java.io.IOException e) {
                throw new AssertionError("memory does not fail", e);
            }
        }
    }

    /** A refused body is read, so that the connection can go on, unless that would take long. */
    private void discard(int bytes) {
        discarded += bytes;
        HttpAnswer answer = refusal;
        if (discarded > 64 * 1024 && answer != null) {
            endWith(answer);
        }
    }

    private void endWith(HttpAnswer answer) {
        write(null, answer);
    }

    private void takeEnd() {
        HttpRequest request = head;
        HttpEndpoint found = endpoint;
        if (request == null || state == State.ENDED) {
            return;
        }
        HttpAnswer refused = refusal;
        state = State.ANSWERING;
        watch.pause();
        if (refused != null) {
            write(request, refused);
        } else if (found != null) {
            found.handle(new HttpExchange(this, request, body.toByteArray()));
        }
    }

    /**
     * Writes an answer, and goes on with what waits when it is on its way.
     *
     * @param request what it answers; null if the connection has to end with it
     */
    void write(@Nullable HttpRequest request, HttpAnswer answer) {
        write(request, answer, Unpooled.wrappedBuffer(answer.body()));
    }

    /**
     * The same with another body.
     *
     * @param content released by the callee
     */
    void write(@Nullable HttpRequest request, HttpAnswer answer, ByteBuf content) {
        if (state == State.ENDED) {
            content.release();
            return;
        }
        boolean keepAlive = request != null && HttpUtil.isKeepAlive(request);
        settle();
        answered(keepAlive);
        writer().write(request, answer, content, keepAlive);
    }

    /** The answer is on its way but for what is in the hands of the channel. */
    private void answered(boolean keepAlive) {
        whenLost = null;
        state = keepAlive ? State.ANSWERING : State.ENDED;
    }

    void hold(Runnable lost) {
        settle();
        watch.stop(); // it may be for long
        whenLost = lost;
    }

    HttpStream stream(
            HttpRequest request,
            HttpAnswer answer,
            Duration stallTimeout,
            Runnable onStall,
            Runnable onRoom) {
        boolean knowsChunks = request.protocolVersion().isKeepAliveDefault();
        boolean chunked = knowsChunks && !answer.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
        boolean keepAlive = knowsChunks && HttpUtil.isKeepAlive(request);
        settle();
        writer().writeHead(answer, chunked, keepAlive);
        var begun = new HttpStream(this, chunked, keepAlive, stallTimeout, onStall, onRoom);
        stream = begun;
        return begun;
    }

    void endStream(boolean keepAlive) {
        stream = null;
        whenLost = null;
        if (state != State.ENDED) {
            answered(keepAlive);
            writer().writeEnd(keepAlive);
        }
    }

    private void written() {
        if (state == State.ANSWERING) {
            state = State.HEAD;
            watch.nextRequest();
            goOn();
        }
    }

    private void goOn() {
        while (state != State.ANSWERING && state != State.ENDED) {
            HttpObject part = waiting.poll();
            if (part == null) {
                context().channel().config().setAutoRead(true);
                return;
            }
            take(part);
        }
    }
}
