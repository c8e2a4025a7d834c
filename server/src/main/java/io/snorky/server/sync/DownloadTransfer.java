package io.snorky.server.sync;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.snorky.server.http.HttpAnswer;
import io.snorky.server.http.HttpExchange;
import io.snorky.server.http.HttpStream;
import io.snorky.server.transport.Drop;
import io.snorky.server.transport.NettyLoop;
import io.snorky.sync.Download;

import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

/**
 * One download on its way. At a time there is one piece that the system has not taken yet, and one
 * that is read meanwhile.
 *
 * <p>Threads: runs on a virtual thread, which reads; what is marked so belongs to the event loop of
 * the request's connection. They meet at {@code room}: the loop releases it when a piece is out.
 */
final class DownloadTransfer implements Runnable {

    private static final Logger LOG = System.getLogger(DownloadTransfer.class.getName());
    private static final byte[] LINE_END = {'\r', '\n'};

    private final HttpExchange exchange;
    private final NettyLoop loop;
    private final Download download;
    private final boolean headOnly;
    private final Duration stallTimeout;
    private final Semaphore room = new Semaphore(1);
    private volatile boolean isLost;
    private boolean hasBegun; // of the reader
    private @Nullable HttpStream stream; // of the loop
    private boolean isWaitingForRoom; // of the loop

    DownloadTransfer(
            HttpExchange exchange, Download download, boolean headOnly, Duration stallTimeout) {
        this.exchange = exchange;
        this.loop = exchange.loop();
        this.download = download;
        this.headOnly = headOnly;
        this.stallTimeout = stallTimeout;
    }

    // --- The reader

    @Override
    public void run() {
        try {
            OptionalLong length = download.source().length();
            if (headOnly) {
                begin(length);
            } else {
                send(length);
            }
            loop.execute(this::end);
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void send(OptionalLong length) throws IOException, InterruptedException {
        try (InputStream content = download.source().open()) {
            begin(length);
            long left = length.orElse(Long.MAX_VALUE);
            while (left > 0) {
                byte[] piece = new byte[(int) Math.min(HttpStream.ROOM_BYTES, left)];
                int count = content.read(piece);
                if (count < 0) {
                    break;
                }
                left -= count;
                room.acquire();
                loop.execute(() -> write(piece, count));
            }
            if (length.isPresent() && left > 0) {
                throw new EOFException(left + " bytes less than its length");
            }
        }
    }

    private void begin(OptionalLong length) {
        HttpAnswer answer = Attachment.answer(download.filename(), length);
        hasBegun = true;
        loop.execute(() -> begin(answer));
    }

    private void fail(Throwable failure) {
        boolean isBroken =
                failure instanceof InterruptedException
                        || failure instanceof InterruptedIOException
                        || isLost;
        LOG.log(
                isBroken ? Level.DEBUG : Level.WARNING,
                "Cannot send " + download.filename() + " for a download",
                failure);
        if (hasBegun) {
            loop.execute(this::cut);
        } else {
            exchange.answer(
                    HttpAnswer.text(HttpResponseStatus.INTERNAL_SERVER_ERROR, "Cannot be read"));
        }
    }

    // --- The event loop

    /** The peer has gone. */
    void lost(Thread reader) {
        isLost = true;
        reader.interrupt();
    }

    private void begin(HttpAnswer answer) {
        if (!isLost) {
            stream = exchange.stream(answer, stallTimeout, this::stalled, this::roomMade);
            stream.flush();
        }
    }

    private void write(byte[] piece, int count) {
        HttpStream to = stream;
        if (to == null || isLost) {
            return;
        }
        to.write(to.isChunked() ? chunk(piece, count) : Unpooled.wrappedBuffer(piece, 0, count));
        to.flush();
        isWaitingForRoom = to.waitingBytes() > 0;
        if (!isWaitingForRoom) {
            room.release();
        }
    }

    private static ByteBuf chunk(byte[] piece, int count) {
        byte[] size = (Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        return Unpooled.wrappedBuffer(
                Unpooled.wrappedBuffer(size),
                Unpooled.wrappedBuffer(piece, 0, count),
                Unpooled.wrappedBuffer(LINE_END));
    }

    private void roomMade() {
        if (isWaitingForRoom) {
            isWaitingForRoom = false;
            room.release();
        }
    }

    private void stalled() {
        loop.drops().count(Drop.STALLED);
        cut();
    }

    private void end() {
        if (stream != null && !isLost) {
            stream.end();
        }
    }

    private void cut() {
        if (stream != null && !isLost) {
            stream.cut();
        }
    }
}
