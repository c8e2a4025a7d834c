package io.snorky.server.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import io.snorky.Message;
import io.snorky.server.CompressionOptions;
import io.snorky.server.transport.Framing;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;

/**
 * Frames with compressed messages (RFC 7692, section 7.2.1). No message refers to an earlier one,
 * so all connections of an event loop that agreed on compression share one of these, and what it
 * made of a message.
 *
 * <p>Threads: one for each event loop and level.
 */
final class DeflateFraming implements Framing {

    private static final FastThreadLocal<Map<CompressionOptions, DeflateFraming>> OF_THIS_LOOP =
            new FastThreadLocal<>() {
                @Override
                protected Map<CompressionOptions, DeflateFraming> initialValue() {
                    return new HashMap<>();
                }

                @Override
                protected void onRemoval(Map<CompressionOptions, DeflateFraming> framings) {
                    framings.values().forEach(framing -> framing.deflater.end());
                }
            };

    private static final int COMPRESSED = 0x40;

    /** The end of what a flush puts out; it goes without saying. */
    private static final int TAIL_BYTES = 4;

    private static final int KEPT_BYTES = 64 * 1024;
    private static final int MAX_GUESS_BYTES = 1 << 20;

    private final int threshold;
    private final Deflater deflater;
    private final byte[] kept = new byte[KEPT_BYTES];
    private byte[] output = kept;
    private @Nullable Message last;
    private int lastLength;

    private DeflateFraming(CompressionOptions options) {
        threshold = options.thresholdBytes();
        deflater = new Deflater(options.level(), true);
    }

    static DeflateFraming ofThisLoop(CompressionOptions options) {
        return OF_THIS_LOOP.get().computeIfAbsent(options, DeflateFraming::new);
    }

    @Override
    public int length(Message message) {
        return isCompressed(message)
                ? WebSocketFraming.frameLength(lastLength) + WebSocketFraming.bytesLength(message)
                : WebSocketFraming.TEXT.length(message);
    }

    @Override
    public void write(Message message, ByteBuf out) {
        if (isCompressed(message)) {
            WebSocketFraming.writeFrame(
                    COMPRESSED | WebSocketFraming.OP_TEXT, output, lastLength, out);
            WebSocketFraming.writeBytes(message, out);
        } else {
            WebSocketFraming.TEXT.write(message, out);
        }
        forgetIfLarge();
    }

    @Override
    public int maxLength(int textLength) {
        return WebSocketFraming.frameLength(textLength);
    }

    @Override
    public void write(byte[] text, int length, ByteBuf out) {
        write(Message.ofJson(Arrays.copyOf(text, length)), out);
    }

    /** Without asking for all lengths first, which would mean to compress everything twice. */
    @Override
    public ByteBuf encode(List<Message> messages, ByteBufAllocator allocator) {
        long guess = (long) messages.size() * length(messages.get(0));
        ByteBuf buffer = allocator.directBuffer((int) Math.min(guess, MAX_GUESS_BYTES));
        for (Message message : messages) {
            write(message, buffer);
        }
        return buffer;
    }

    /**
     * Compresses a message, unless it was the last one.
     *
     * @return false if it goes as it is
     */
    @SuppressWarnings("ReferenceEquality") // whatever compares the bytes could as well copy them
    private boolean isCompressed(Message message) {
        byte[] payload = message.utf8();
        if (payload.length < threshold) {
            return false;
        }
        if (message != last) {
            last = message;
            lastLength = compress(payload);
        }
        return lastLength < payload.length;
    }

    /**
     * @return bytes of the compressed message; as many as it has, or more, if it does not get
     *     shorter
     */
    private int compress(byte[] payload) {
        int room = payload.length + TAIL_BYTES;
        output = room <= KEPT_BYTES ? kept : new byte[room];
        deflater.reset();
        deflater.setInput(payload);
        int length = deflater.deflate(output, 0, room, Deflater.SYNC_FLUSH);
        return length - TAIL_BYTES;
    }

    private void forgetIfLarge() {
        if (output.length > KEPT_BYTES) {
            output = kept;
            last = null;
        }
    }
}
