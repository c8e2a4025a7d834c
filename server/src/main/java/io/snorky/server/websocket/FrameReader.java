package io.snorky.server.websocket;

import static io.snorky.server.websocket.WebSocketFraming.OP_BINARY;
import static io.snorky.server.websocket.WebSocketFraming.OP_CLOSE;
import static io.snorky.server.websocket.WebSocketFraming.OP_CONTINUATION;
import static io.snorky.server.websocket.WebSocketFraming.OP_PING;
import static io.snorky.server.websocket.WebSocketFraming.OP_PONG;
import static io.snorky.server.websocket.WebSocketFraming.OP_TEXT;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.snorky.CloseReason;
import io.snorky.server.transport.NettyLoop;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads the frames of a client (RFC 6455, section 5) from the bytes as they come. A frame that is
 * there whole is unmasked into a place that all connections of the loop share; only what is cut off
 * or fragmented is kept.
 *
 * <p>Threads: owned by the event loop of its connection.
 */
final class FrameReader {

    /** What the frames mean. A payload is valid during the call only. */
    interface Listener {

        void onMessage(byte[] payload, int length, boolean text);

        /** A message that has to be decompressed; comes only if that has been agreed on. */
        void onCompressed(byte[] payload, int length, boolean text);

        void onPing(byte[] payload, int length);

        void onPong();

        /** A close frame, whatever it holds. Nothing is read after it. */
        void onClose(byte[] payload, int length);

        /** The peer broke the rules. Nothing is read after it. */
        void onViolation(CloseReason reason);
    }

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int FIN = 0x80;
    private static final int RESERVED = 0x70;
    private static final int COMPRESSED = 0x40;
    private static final int CONTROL = 0x8;
    private static final int MASKED = 0x80;
    private static final int MAX_CONTROL_PAYLOAD = 125;
    private static final int ROOMY_BYTES = 64 * 1024;

    private final Listener listener;
    private final NettyLoop loop;
    private final int maxMessageBytes;
    private final boolean mayBeCompressed;
    private @Nullable ByteBuf rest;
    private @Nullable Fragments fragments;
    private boolean ended;
    private long completeMessages;

    /**
     * @param mayBeCompressed whether permessage-deflate has been agreed on
     */
    FrameReader(Listener listener, NettyLoop loop, int maxMessageBytes, boolean mayBeCompressed) {
        this.listener = listener;
        this.loop = loop;
        this.maxMessageBytes = maxMessageBytes;
        this.mayBeCompressed = mayBeCompressed;
    }

    /** Reads all frames that are complete now; releases the buffer. */
    void read(ByteBuf bytes, ByteBufAllocator allocator) {
        try {
            if (rest == null) {
                readFrames(bytes);
                if (!ended && bytes.isReadable()) {
                    rest = copy(bytes, allocator);
                }
            } else {
                readOn(rest.writeBytes(bytes), allocator);
            }
        } finally {
            bytes.release();
        }
    }

    private void readOn(ByteBuf kept, ByteBufAllocator allocator) {
        readFrames(kept);
        if (ended || !kept.isReadable()) {
            dropRest();
        } else if (isMuchTooLarge(kept)) {
            rest = copy(kept, allocator);
            kept.release();
        } else {
            kept.discardSomeReadBytes();
        }
    }

    /** As after a long frame: what is kept while nothing comes must not remember it. */
    private static boolean isMuchTooLarge(ByteBuf kept) {
        return kept.capacity() > ROOMY_BYTES && kept.readableBytes() < kept.capacity() / 4;
    }

    private void readFrames(ByteBuf in) {
        while (!ended && readFrame(in)) {}
    }

    private static ByteBuf copy(ByteBuf in, ByteBufAllocator allocator) {
        return allocator.buffer(Math.max(256, in.readableBytes())).writeBytes(in);
    }

    /** Whether nothing is read any more. */
    boolean hasEnded() {
        return ended;
    }

    /** Whether a frame or a message has begun and is not complete. */
    boolean isWithinMessage() {
        return rest != null || fragments != null;
    }

    /** So many until now. */
    long completeMessages() {
        return completeMessages;
    }

    void release() {
        ended = true;
        fragments = null;
        dropRest();
    }

    private void dropRest() {
        if (rest != null) {
            rest.release();
            rest = null;
        }
    }

    /**
     * @return false if the frame is not complete, or the last that is read
     */
    private boolean readFrame(ByteBuf in) {
        int available = in.readableBytes();
        if (available < 2) {
            return false;
        }
        int start = in.readerIndex();
        int first = in.getUnsignedByte(start);
        int second = in.getUnsignedByte(start + 1);
        if (!headIsValid(first, second)) {
            return violation(CloseReason.PROTOCOL_ERROR);
        }
        int headLength = 2;
        long length = second & 0x7f;
        if (length == 126) {
            headLength = 4;
        } else if (length == 127) {
            headLength = 10;
        }
        if (available < headLength) {
            return false;
        }
        if (headLength > 2) {
            boolean isShort = headLength == 4;
            length = isShort ? in.getUnsignedShort(start + 2) : in.getLong(start + 2);
            if (length < (isShort ? 126 : 65_536)) { // also when the highest bit is set
                return violation(CloseReason.PROTOCOL_ERROR);
            }
        }
        if ((first & CONTROL) == 0 && length > roomForFragment()) {
            return violation(CloseReason.TOO_BIG);
        }
        if (available < headLength + 4 + length) {
            return false;
        }
        int mask = in.getInt(start + headLength);
        int payload = start + headLength + 4;
        in.readerIndex(payload + (int) length);
        take(first, in, payload, (int) length, mask);
        return !ended;
    }

    private boolean headIsValid(int first, int second) {
        int reserved = first & RESERVED;
        int opcode = first & 0xf;
        boolean isCompressed =
                reserved == COMPRESSED
                        && mayBeCompressed
                        && (opcode == OP_TEXT || opcode == OP_BINARY);
        if (reserved != 0 && !isCompressed || (second & MASKED) == 0) {
            return false;
        }
        boolean isFinal = (first & FIN) != 0;
        return switch (opcode) {
            case OP_CONTINUATION -> fragments != null;
            case OP_TEXT, OP_BINARY -> fragments == null;
            case OP_CLOSE, OP_PING, OP_PONG -> isFinal && (second & 0x7f) <= MAX_CONTROL_PAYLOAD;
            default -> false;
        };
    }

    private int roomForFragment() {
        return fragments == null ? maxMessageBytes : maxMessageBytes - fragments.length();
    }

    private void take(int first, ByteBuf in, int index, int length, int mask) {
        int opcode = first & 0xf;
        if (opcode == OP_CONTINUATION || (first & FIN) == 0) {
            takeFragment(first, in, index, length, mask);
            return;
        }
        byte[] payload = loop.scratch(length);
        in.getBytes(index, payload, 0, length);
        unmask(payload, 0, length, mask);
        switch (opcode) {
            case OP_PING -> listener.onPing(payload, length);
            case OP_PONG -> listener.onPong();
            case OP_CLOSE -> {
                ended = true;
                listener.onClose(payload, length);
            }
            default -> takeMessage(first, payload, length);
        }
    }

    private void takeMessage(int head, byte[] payload, int length) {
        completeMessages++;
        boolean text = (head & 0xf) == OP_TEXT;
        if ((head & COMPRESSED) == 0) {
            listener.onMessage(payload, length, text);
        } else {
            listener.onCompressed(payload, length, text);
        }
    }

    private void takeFragment(int first, ByteBuf in, int index, int length, int mask) {
        Fragments message = fragments;
        if (message == null) {
            message = new Fragments(first, maxMessageBytes);
            fragments = message;
        }
        int start = message.append(length);
        in.getBytes(index, message.bytes(), start, length);
        unmask(message.bytes(), start, length, mask);
        if ((first & FIN) != 0) {
            fragments = null;
            takeMessage(message.head(), message.bytes(), message.length());
        }
    }

    private static void unmask(byte[] payload, int from, int length, int mask) {
        long wide = (long) mask << 32 | mask & 0xffff_ffffL;
        int at = from;
        int end = from + length;
        for (; at + 8 <= end; at += 8) {
            LONG.set(payload, at, (long) LONG.get(payload, at) ^ wide);
        }
        for (int shift = 24; at < end; at++, shift = (shift + 24) & 31) {
            payload[at] ^= (byte) (mask >>> shift);
        }
    }

    private boolean violation(CloseReason reason) {
        ended = true;
        listener.onViolation(reason);
        return false;
    }
}
