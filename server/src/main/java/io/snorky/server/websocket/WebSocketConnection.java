package io.snorky.server.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.Future;
import io.snorky.Client;
import io.snorky.CloseReason;
import io.snorky.Message;
import io.snorky.Reception;
import io.snorky.Registry;
import io.snorky.json.Utf8;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.transport.Drop;
import io.snorky.server.transport.Framing;
import io.snorky.server.transport.HalfClose;
import io.snorky.server.transport.LoopConnection;
import io.snorky.server.transport.NettyLoop;
import io.snorky.server.transport.StallWatch;
import io.snorky.transport.EventLoop;
import io.snorky.transport.MessageLimits;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * One client's WebSocket.
 *
 * <p>Threads: owned by its event loop; what {@code Connection} declares may be called from
 * anywhere.
 */
public final class WebSocketConnection extends LoopConnection implements FrameReader.Listener {

    private static final Logger LOG = System.getLogger(WebSocketConnection.class.getName());

    /** How long a peer may take to answer a close frame. */
    private static final int CLOSE_SECONDS = 5;

    private static final int MAX_UNANSWERED_PINGS = 2;

    private enum State {
        OPEN,
        /** A close frame has been sent, the peer's is awaited. */
        CLOSING,
        /** Nothing is read or sent any more. */
        CLOSED
    }

    private final Channel channel;
    private final SocketAddress remoteAddress;
    private final NettyLoop loop;
    private final Registry registry;
    private final WebSocketOptions options;
    private final FrameReader frames;
    private final Framing framing;
    private final MessageLimits limits;
    private final RateLimit rate;
    private final StallWatch stallWatch;
    private final Client client;
    private State state = State.OPEN;
    private @Nullable ByteBuf outbound;
    private int unansweredPings;
    private int framesRead;
    private long bytesInflated;
    private int pauses;
    private @Nullable Future<?> pings;

    WebSocketConnection(
            Channel channel,
            SocketAddress remoteAddress,
            NettyLoop loop,
            Registry registry,
            WebSocketOptions options,
            boolean deflate) {
        this.channel = channel;
        this.remoteAddress = remoteAddress;
        this.loop = loop;
        this.registry = registry;
        this.options = options;
        this.frames = new FrameReader(this, loop, options.inbound().maxMessageBytes(), deflate);
        this.framing =
                deflate ? DeflateFraming.ofThisLoop(options.compression()) : WebSocketFraming.TEXT;
        this.limits =
                new MessageLimits(options.inbound().maxNesting(), options.inbound().maxPending());
        this.rate = new RateLimit(options.inbound(), System.nanoTime());
        this.stallWatch = new StallWatch(channel, options.outbound().stallTimeout(), this::stalled);
        this.client = registry.connect(this);
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
    public SocketAddress remoteAddress() {
        return remoteAddress;
    }

    /** Completes when the connection is gone. */
    public Future<Void> closeFuture() {
        return channel.closeFuture();
    }

    // --- Inbound

    void received(ByteBuf bytes) {
        unansweredPings = 0;
        if (state == State.CLOSED) {
            bytes.release();
            return;
        }
        int length = bytes.readableBytes();
        framesRead = 0;
        bytesInflated = 0;
        frames.read(bytes, channel.alloc());
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

    @Override
    public void onMessage(byte[] payload, int length, boolean text) {
        framesRead++;
        if (state != State.OPEN) {
            return;
        }
        Reception reception = registry.receive(client, payload, 0, length);
        if (text && reception instanceof Reception.Malformed && !Utf8.isValid(payload, 0, length)) {
            onViolation(CloseReason.NOT_UTF8, Drop.NOT_UTF8);
        }
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
        if (admits(length + 2)) { // nor may pongs pile up for a peer that does not read them
            sendControl(WebSocketFraming.OP_PONG, payload, length);
        }
    }

    @Override
    public void onPong() {
        framesRead++;
        unansweredPings = 0;
    }

    @Override
    public void onClose(byte[] payload, int length) {
        endAfterReplies(CloseFrames.answer(payload, length));
    }

    @Override
    public void onViolation(CloseReason reason) {
        onViolation(
                reason, reason.equals(CloseReason.TOO_BIG) ? Drop.TOO_BIG : Drop.PROTOCOL_ERROR);
    }

    private void onViolation(CloseReason reason, Drop drop) {
        loop.drops().count(drop);
        LOG.log(Level.DEBUG, () -> "Closing " + client + ": " + reason);
        endAfterReplies(CloseFrames.payload(reason));
    }

    void gone() {
        state = State.CLOSED;
        frames.release();
        if (outbound != null) {
            outbound.release();
            outbound = null;
        }
        if (pings != null) {
            pings.cancel(false);
        }
        stallWatch.stop();
        registry.disconnect(client);
    }

    // --- Outbound

    @Override
    protected Framing framing() {
        return framing;
    }

    @Override
    protected void append(Message message) {
        int length = framing.length(message);
        if (admits(length)) {
            framing.write(message, own(length));
            loop.figures().delivered(1, length);
        }
    }

    @Override
    protected void append(ByteBuf encoded, int messages) {
        if (admits(encoded.readableBytes())) {
            writeOwn();
            loop.figures().delivered(messages, encoded.readableBytes());
            channel.write(encoded, channel.voidPromise());
        } else {
            encoded.release();
        }
    }

    @Override
    protected void flush() {
        writeOwn();
        channel.flush();
        stallWatch.look();
    }

    private void stalled() {
        loop.drops().count(Drop.STALLED);
        LOG.log(Level.WARNING, () -> "Cutting " + client + ": it takes nothing");
        channel.close();
    }

    /** Bytes that have been written and that the system has not taken yet. */
    private long waitingBytes() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /** A buffer of this connection's, with room. */
    private ByteBuf own(int length) {
        ByteBuf buffer = outbound;
        if (buffer == null) {
            buffer = channel.alloc().directBuffer(Math.max(256, length));
            outbound = buffer;
        }
        return buffer;
    }

    private void writeOwn() {
        if (outbound != null) {
            channel.write(outbound, channel.voidPromise());
            outbound = null;
        }
    }

    /**
     * Whether so many bytes more may wait. A client for whom they may not is hung up on: it reads
     * too slowly, and what it misses cannot be made good.
     */
    private boolean admits(int length) {
        if (state != State.OPEN) {
            return false;
        }
        long waiting = waitingBytes() + (outbound == null ? 0 : outbound.readableBytes());
        if (waiting == 0 || waiting + length <= options.outbound().maxBytes()) {
            return true;
        }
        loop.drops().count(Drop.SLOW_READER);
        LOG.log(
                Level.WARNING,
                () -> "Hanging up on " + client + ": " + waiting + " bytes wait to be read");
        sendClose(CloseFrames.payload(CloseReason.SLOW_READER));
        end();
        return false;
    }

    private void sendControl(int opcode, byte[] payload, int length) {
        if (state == State.OPEN) {
            WebSocketFraming.writeFrame(opcode, payload, length, own(length + 2));
            flush();
        }
    }

    private void sendClose(byte[] payload) {
        sendControl(WebSocketFraming.OP_CLOSE, payload, payload.length);
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
        sendControl(WebSocketFraming.OP_PING, new byte[0], 0);
    }

    // --- The end

    @Override
    public void close(CloseReason reason) {
        loop.execute(() -> {
            if (state == State.OPEN) {
                sendClose(CloseFrames.payload(reason));
                closeWithin();
            }
        });
    }

    /** Hears no more, and says goodbye when all that came before is done. */
    public void drain(CloseReason reason) {
        loop.execute(() -> {
            pause();
            registry.afterPending(
                    client,
                    () -> {
                        close(reason);
                        resumeReading(); // for the answer to the close frame; no message is heard
                    });
        });
    }

    /** Hears no more, and says goodbye after what is on its way to the peer already. */
    private void endAfterReplies(byte[] closePayload) {
        frames.release();
        loop.execute(() -> {
            if (state == State.OPEN) {
                sendClose(closePayload);
            }
            end();
        });
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
            channel.config().setAutoRead(false);
        }
    }

    private void resume() {
        if (--pauses == 0) {
            channel.config().setAutoRead(true);
        }
    }

    void failed(Throwable cause) {
        LOG.log(Level.DEBUG, () -> "Connection of " + client + ": " + cause);
        channel.close();
    }
}
