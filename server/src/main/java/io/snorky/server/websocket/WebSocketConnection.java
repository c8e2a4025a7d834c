package io.snorky.server.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.Future;
import io.snorky.Client;
import io.snorky.CloseReason;
import io.snorky.Reception;
import io.snorky.Verdict;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.policy.RateLimit;
import io.snorky.server.transport.Drop;
import io.snorky.server.transport.HalfClose;
import io.snorky.server.transport.LoopConnection;
import io.snorky.server.transport.NettyLoop;
import io.snorky.server.transport.Outbox;
import io.snorky.transport.Application;
import io.snorky.transport.EventLoop;
import io.snorky.transport.MessageLimits;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One client's WebSocket.
 *
 * <p>Threads: owned by its event loop; what {@code Connection} declares may be called from
 * anywhere.
 */
public final class WebSocketConnection extends LoopConnection
        implements FrameReader.Listener, Dialect.Hearer, Outbox.Owner {

    private static final Logger LOG = System.getLogger(WebSocketConnection.class.getName());

    /** How long a peer may take to answer a close frame. */
    private static final int CLOSE_SECONDS = 5;

    private static final int MAX_UNANSWERED_PINGS = 2;

    /** Has Netty say when the system has taken all it did not take at once. */
    private static final WriteBufferWaterMark EMPTY = new WriteBufferWaterMark(1, 1);

    private enum State {
        OPEN,
        /** A close frame has been sent, the peer's is awaited. */
        CLOSING,
        /** Nothing is read or sent any more. */
        CLOSED
    }

    private final Channel channel;
    private final SocketAddress remoteAddress;
    private final Verdict.Admitted admitted;
    private final NettyLoop loop;
    private final Application application;
    private final Dialect dialect;
    private final WebSocketOptions options;
    private final FrameReader frames;
    private final Outbox outbox;
    private final MessageLimits limits;
    private final RateLimit rate;
    private final MessageWatch messageWatch;
    private final Client client;
    private State state = State.OPEN;
    private int unansweredPings;
    private int framesRead;
    private long bytesInflated;
    private int pauses;
    private @Nullable Future<?> pings;

    WebSocketConnection(
            Channel channel,
            SocketAddress remoteAddress,
            Verdict.Admitted admitted,
            NettyLoop loop,
            Application application,
            Dialect dialect,
            WebSocketOptions options,
            boolean deflate) {
        this.channel = channel;
        this.remoteAddress = remoteAddress;
        this.admitted = admitted;
        this.loop = loop;
        this.application = application;
        this.dialect = dialect;
        this.options = options;
        this.frames = new FrameReader(this, loop, options.inbound().maxMessageBytes(), deflate);
        this.outbox =
                new Outbox(
                        channel,
                        loop,
                        deflate
                                ? DeflateFraming.ofThisLoop(options.compression())
                                : dialect.framing(),
                        options.outbound().maxBytes(),
                        options.outbound().stallTimeout(),
                        this);
        this.limits =
                new MessageLimits(options.inbound().maxNesting(), options.inbound().maxPending());
        this.rate = new RateLimit(options.inbound(), System.nanoTime());
        this.messageWatch =
                new MessageWatch(
                        loop, frames, options.inbound().messageTimeout(), this::messageTimedOut);
        channel.config().setWriteBufferWaterMark(EMPTY);
        dialect.opening().ifPresent(this::sendText);
        this.client = application.connect(this); // what it is sent comes after that
    }

    void open() {
        long interval = options.pingInterval().toMillis();
        if (interval > 0) {
            pings =
                    loop.executor()
                            .scheduleAtFixedRate(
                                    this::ping, interval, interval, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public EventLoop eventLoop() {
        return loop;
    }

    @Override
    public MessageLimits limits() {
        return limits;
    }

    @Override
    public boolean takesBytes() {
        return dialect.tellsBytesApart();
    }

    @Override
    public SocketAddress remoteAddress() {
        return remoteAddress;
    }

    @Override
    public Verdict.Admitted admitted() {
        return admitted;
    }

    /** Completes when the connection is gone. */
    Future<Void> closeFuture() {
        return channel.closeFuture();
    }

    // --- Inbound

    void received(ByteBuf bytes) {
        unansweredPings = 0;
        if (state == State.CLOSED || frames.hasEnded()) {
            bytes.release();
            return;
        }
        int length = bytes.readableBytes();
        framesRead = 0;
        bytesInflated = 0;
        loop.whileReading(() -> frames.read(bytes, channel.alloc()));
        lookAtMessage();
        loop.figures().received(framesRead, length);
        throttle(rate.take(framesRead, length + bytesInflated, System.nanoTime()));
    }

    private void throttle(long nanos) {
        if (nanos == 0 || state != State.OPEN) {
            return;
        }
        if (rate.isHopeless(System.nanoTime())) {
            onViolation(CloseReason.TOO_FAST, Drop.TOO_FAST);
            return;
        }
        pause();
        loop.executor().schedule(this::resume, nanos, TimeUnit.NANOSECONDS);
    }

    /** While nothing is read, it is not the client's fault that a message does not end. */
    private void lookAtMessage() {
        if (pauses == 0) {
            messageWatch.look();
        }
    }

    private void messageTimedOut() {
        onViolation(CloseReason.TOO_SLOW, Drop.TOO_SLOW);
    }

    @Override
    public void onMessage(byte[] payload, int length, boolean text) {
        if (state != State.OPEN) {
            return;
        }
        int before = framesRead;
        switch (dialect.read(payload, length, text, this)) {
            case YES -> framesRead = Math.max(framesRead, before + 1); // also if it was empty
            case NOT_UTF8 -> onViolation(CloseReason.NOT_UTF8, Drop.NOT_UTF8);
            case NO -> hangUp();
        }
    }

    private void hangUp() {
        loop.drops().count(Drop.PROTOCOL_ERROR);
        LOG.log(Level.DEBUG, () -> "Hanging up on " + client + ": broken framing");
        state = State.CLOSED;
        frames.release();
        channel.close();
    }

    @Override
    public Reception hear(byte[] bytes, int from, int to) {
        framesRead++;
        return application.receive(client, bytes, from, to);
    }

    @Override
    public Reception hearBytes(byte[] bytes, int length) {
        framesRead++;
        return application.receiveBytes(client, bytes, 0, length);
    }

    @Override
    public void onCompressed(byte[] payload, int length, boolean text) {
        if (state != State.OPEN) {
            return;
        }
        var inflater = MessageInflater.ofThisLoop();
        inflater.inflate(payload, length, options.inbound().maxMessageBytes())
                .ifPresentOrElse(
                        this::onViolation,
                        () -> onMessage(inflater.output(), inflater.length(), text));
        bytesInflated += inflater.length();
        inflater.release();
    }

    @Override
    public void onPing(byte[] payload, int length) {
        framesRead++;
        if (outbox.hasRoom(length + 2)) {
            sendControl(WebSocketFraming.OP_PONG, payload, length);
        } else if (state == State.OPEN) { // pongs must not pile up for a peer that does not read
            overflowed(options.outbound().maxBytes());
        }
    }

    @Override
    public void onPong() {
        framesRead++;
        unansweredPings = 0;
    }

    @Override
    public void onClose(byte[] payload, int length) {
        byte[] answer = CloseFrames.answer(payload, length);
        frames.release();
        messageWatch.stop();
        var pending = new AtomicBoolean(true);
        application.afterPending(
                client,
                () -> {
                    pending.set(false);
                    endAfterReplies(answer, this::endWithPeer);
                });
        if (pending.get()) {
            closeWithin(); // commands that still run may answer, but not for ever
        }
    }

    @Override
    public void onViolation(CloseReason reason) {
        onViolation(
                reason, reason.equals(CloseReason.TOO_BIG) ? Drop.TOO_BIG : Drop.PROTOCOL_ERROR);
    }

    private void onViolation(CloseReason reason, Drop drop) {
        loop.drops().count(drop);
        LOG.log(Level.DEBUG, () -> "Closing " + client + ": " + reason);
        frames.release();
        messageWatch.stop();
        endAfterReplies(CloseFrames.payload(reason), this::end);
    }

    void gone() {
        state = State.CLOSED;
        frames.release();
        outbox.release();
        if (pings != null) {
            pings.cancel(false);
        }
        messageWatch.stop();
        application.disconnect(client);
    }

    // --- Outbound

    @Override
    protected Outbox outbox() {
        return outbox;
    }

    void writable() {
        loop.flushSoon(outbox);
    }

    @Override
    public void stalled() {
        loop.drops().count(Drop.STALLED);
        LOG.log(Level.WARNING, () -> "Cutting " + client + ": it takes nothing");
        channel.close();
    }

    /** It reads too slowly, and what it misses cannot be made good. */
    @Override
    public void overflowed(long waitingBytes) {
        loop.drops().count(Drop.SLOW_READER);
        LOG.log(
                Level.WARNING,
                () -> "Hanging up on " + client + ": " + waitingBytes + " bytes wait to be read");
        outbox.close();
        sendClose(CloseFrames.payload(CloseReason.SLOW_READER));
        end();
    }

    private void sendControl(int opcode, byte[] payload, int length) {
        if (state == State.OPEN) {
            WebSocketFraming.writeFrame(
                    opcode, payload, length, outbox.bytes(WebSocketFraming.frameLength(length)));
            loop.flushSoon(outbox);
        }
    }

    private void sendText(byte[] text) {
        sendControl(WebSocketFraming.OP_TEXT, text, text.length);
    }

    private void sendClose(byte[] payload) {
        outbox.finish();
        sendControl(WebSocketFraming.OP_CLOSE, payload, payload.length);
        outbox.flush();
        state = State.CLOSING;
    }

    private void ping() {
        if (pauses > 0) {
            unansweredPings = 0; // nobody listened for the answers
        }
        if (unansweredPings >= MAX_UNANSWERED_PINGS) {
            loop.drops().count(Drop.UNANSWERED_PINGS);
            LOG.log(Level.DEBUG, () -> "Hanging up on " + client + ": pings unanswered");
            channel.close();
            return;
        }
        unansweredPings++;
        dialect.heartbeat().ifPresent(this::sendText);
        sendControl(WebSocketFraming.OP_PING, new byte[0], 0);
    }

    // --- The end

    @Override
    public void close(CloseReason reason) {
        loop.execute(() -> {
            if (state == State.OPEN) {
                Drop.by(reason).ifPresent(loop.drops()::count);
                outbox.finish();
                dialect.farewell(reason).ifPresent(this::sendText);
                sendClose(CloseFrames.payload(dialect.closing(reason)));
                closeWithin();
            }
        });
    }

    @Override
    public void drain(CloseReason reason) {
        loop.execute(() -> {
            pause();
            application.afterPending(
                    client,
                    () -> {
                        close(reason);
                        resumeReading(); // for the answer to the close frame; no message is heard
                    });
        });
    }

    /** Hears no more, and says goodbye after what is on its way to the peer already. */
    private void endAfterReplies(byte[] closePayload, Runnable end) {
        loop.execute(() -> {
            if (state == State.OPEN) {
                sendClose(closePayload);
            }
            end.run();
        });
    }

    /** Ends it as a server does when both have said goodbye: at once (RFC 6455, section 7.1.1). */
    private void endWithPeer() {
        if (outbox.isEmpty()) {
            state = State.CLOSED;
            channel.close();
        } else {
            end();
        }
    }

    /** Ends it when what was written is out; closing at once could destroy it on its way. */
    private void end() {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        channel.config().setAutoRead(true);
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> HalfClose.of(channel));
        closeWithin();
    }

    private void closeWithin() {
        var timer =
                loop.executor().schedule(() -> channel.close(), CLOSE_SECONDS, TimeUnit.SECONDS);
        channel.closeFuture().addListener(done -> timer.cancel(false));
    }

    @Override
    public void pauseReading() {
        loop.execute(this::pause);
    }

    @Override
    public void resumeReading() {
        loop.execute(this::resume);
    }

    private void pause() {
        if (pauses++ == 0 && state == State.OPEN) {
            loop.figures().paused();
            messageWatch.stop();
            channel.config().setAutoRead(false);
        }
    }

    private void resume() {
        if (--pauses == 0) {
            lookAtMessage();
            channel.config().setAutoRead(true);
        }
    }

    @Override
    public void failed(Throwable cause) {
        LOG.log(Level.DEBUG, () -> "Connection of " + client + ": " + cause);
        channel.close();
    }
}
