package io.snorky.server.sockjs;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.snorky.CloseReason;
import io.snorky.server.http.HttpAnswer;
import io.snorky.server.http.HttpExchange;
import io.snorky.server.http.HttpStream;
import io.snorky.server.transport.Drop;
import io.snorky.server.transport.NettyLoop;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer to a request that waits for frames.
 *
 * <p>Threads: {@link #begin} is called in the event loop of the request's connection, then the
 * receiver belongs to the event loop of its session, which may be another; what it hands over to
 * the former goes through its queue, as copies: buffers are not for several loops.
 */
final class Receiver {

    private static final Logger LOG = System.getLogger(Receiver.class.getName());

    private final HttpExchange exchange;
    private final Receiving how;
    private final String callback;
    private final HttpAnswer head;
    private final NettyLoop loop;
    private final Runnable whenLost;
    private volatile @Nullable Session session;
    private volatile boolean isLost;
    private volatile boolean isAwaited;
    private @Nullable HttpStream stream;
    private ArrayFraming framing;
    private @Nullable ByteBuf only;
    private List<ByteBuf> handedOver = new ArrayList<>(0);
    private long bytesHandedOver;
    private volatile long bytesTaken;
    private long taken;
    private long frameBytes;

    /**
     * @param head without a body
     * @param callback empty if there is none
     */
    Receiver(HttpExchange exchange, Receiving how, String callback, HttpAnswer head) {
        this.exchange = exchange;
        this.how = how;
        this.callback = callback;
        this.head = head;
        loop = exchange.loop();
        framing = new ArrayFraming(how.format(), false);
        whenLost = this::lose;
    }

    NettyLoop loop() {
        return loop;
    }

    HttpExchange exchange() {
        return exchange;
    }

    /** Says whom to tell when it is lost. */
    void belongTo(Session newSession) {
        session = newSession;
    }

    /** Sends the head, if frames are to follow each other. */
    void begin(Duration stallTimeout) {
        exchange.hold(whenLost);
        if (!how.streams()) {
            return;
        }
        HttpStream begun = exchange.stream(head, stallTimeout, this::stalled, this::roomMade);
        stream = begun;
        framing = new ArrayFraming(how.format(), begun.isChunked());
        byte[] prelude = how.prelude(callback);
        ByteBuf first = ByteBufAllocator.DEFAULT.directBuffer(prelude.length + 8);
        if (begun.isChunked()) {
            FrameFormat.writeChunk(prelude, first);
        } else {
            first.writeBytes(prelude);
        }
        begun.write(first);
        loop.execute(this::flushPrelude); // by then the first frame may be there
    }

    /**
     * Has one frame say that the client may not connect. To be called instead of {@link #begin}.
     */
    void turnAway(CloseReason reason, Duration stallTimeout) {
        begin(stallTimeout);
        send(Frames.ofThisThread().close(reason));
        end();
    }

    private void flushPrelude() {
        if (stream != null && !isLost) {
            stream.flush();
        }
    }

    private void lose() {
        isLost = true;
        Session told = session;
        if (told != null) {
            told.loop().execute(() -> told.lost(this));
        }
    }

    private void stalled() {
        loop.drops().count(Drop.STALLED);
        LOG.log(Level.WARNING, () -> "Cutting " + exchange.remoteAddress() + ": it takes nothing");
        HttpStream begun = stream;
        if (begun != null) {
            begun.cut();
        }
    }

    /** Whether its connection is gone. */
    boolean isLost() {
        return isLost;
    }

    ArrayFraming framing() {
        return framing;
    }

    private boolean isChunked() {
        return stream != null && stream.isChunked();
    }

    /** Whether it takes more now; if not, the session will hear when it does. */
    boolean hasRoom() {
        return waitsForAtMost(HttpStream.ROOM_BYTES);
    }

    /** Whether no more than so many bytes wait; if not, the session will hear when none do. */
    boolean waitsForAtMost(long bytes) {
        if (waitingBytes() <= bytes) {
            return true;
        }
        isAwaited = true;
        return waitingBytes() <= bytes;
    }

    private void roomMade() {
        Session told = session;
        if (isAwaited && told != null) {
            isAwaited = false;
            told.loop().execute(told::roomMade);
        }
    }

    /** Bytes on their way that the system has not taken yet. */
    long waitingBytes() {
        return stream == null ? 0 : stream.waitingBytes() + bytesHandedOver - bytesTaken;
    }

    /** Sends a frame, as {@link #send(ByteBuf)}. */
    int send(Text frame) {
        return send(how.format().write(frame, isChunked(), ByteBufAllocator.DEFAULT));
    }

    /**
     * Sends a frame that is written already.
     *
     * @param frame released by the callee
     * @return bytes of all frames so far; as many as there can be if this is the only one
     */
    int send(ByteBuf frame) {
        HttpStream begun = stream;
        if (begun == null) {
            only = frame;
            return Integer.MAX_VALUE;
        }
        int length = frame.readableBytes();
        frameBytes += isChunked() ? FrameFormat.contentLength(length) : length;
        if (isHere()) {
            begun.write(frame);
        } else {
            bytesHandedOver += length;
            handedOver.add(copy(frame));
        }
        return (int) Math.min(frameBytes, Integer.MAX_VALUE);
    }

    private static ByteBuf copy(ByteBuf frame) {
        ByteBuf copy = ByteBufAllocator.DEFAULT.directBuffer(frame.readableBytes());
        copy.writeBytes(frame);
        frame.release();
        return copy;
    }

    private boolean isHere() {
        return loop.executor().inEventLoop();
    }

    /** Sends what has been written. */
    void flush() {
        HttpStream begun = stream;
        if (begun == null) {
            return;
        }
        if (isHere()) {
            begun.flush();
        } else if (!handedOver.isEmpty()) {
            List<ByteBuf> frames = takeHandedOver();
            loop.execute(() -> {
                write(frames, begun);
                begun.flush();
                roomMade();
            });
        }
    }

    private List<ByteBuf> takeHandedOver() {
        List<ByteBuf> frames = handedOver;
        handedOver = new ArrayList<>(1);
        return frames;
    }

    private void write(List<ByteBuf> frames, HttpStream to) {
        for (ByteBuf frame : frames) {
            taken += frame.readableBytes();
            to.write(frame);
        }
        bytesTaken = taken;
    }

    /** Ends the answer; there will be no more frames. */
    void end() {
        HttpStream begun = stream;
        if (begun == null) {
            endWithFrame();
        } else if (isHere()) {
            begun.end();
        } else {
            List<ByteBuf> frames = takeHandedOver();
            loop.execute(() -> {
                write(frames, begun);
                begun.end();
            });
        }
    }

    private void endWithFrame() {
        ByteBuf frame = only;
        only = null;
        if (frame == null) {
            return;
        }
        if (isHere()) {
            exchange.answer(head, called(frame));
        } else {
            ByteBuf copy = copy(frame);
            loop.execute(() -> exchange.answer(head, called(copy)));
        }
    }

    private ByteBuf called(ByteBuf frame) {
        String before = how.beforeFrame(callback);
        return before.isEmpty()
                ? frame
                : Unpooled.wrappedBuffer(ascii(before), frame, ascii(how.afterFrame()));
    }

    private static ByteBuf ascii(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Ends an answer that cannot have even one frame. */
    void refuse(HttpAnswer refusal) {
        if (stream == null) {
            exchange.answer(refusal);
        } else {
            end();
        }
    }
}
