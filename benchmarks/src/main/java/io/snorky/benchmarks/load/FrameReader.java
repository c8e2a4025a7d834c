package io.snorky.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Finds the frames of RFC 6455 in what a server sends, however it is cut into pieces. Looks at
 * headers, and at payloads only if they are wanted.
 *
 * <p>Threads: one at a time.
 */
final class FrameReader {

    /** Is told of the frames. */
    interface Sink {

        /** Whether the payload of a frame is wanted. */
        boolean wants(int opcode, long length);

        /**
         * A frame is complete.
         *
         * @param payload holds it in its first bytes if it was wanted, until this returns
         */
        void frame(int opcode, byte[] payload, long length);
    }

    private static final int LONGEST_HEADER = 10;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int KEPT = 1 << 16;
    private static final byte[] NOTHING = {};

    private final Sink sink;
    private final byte[] header = new byte[LONGEST_HEADER];
    private int headerBytes;
    private boolean inPayload;
    private boolean wanted;
    private long length;
    private long read;
    private byte[] payload = NOTHING;

    FrameReader(Sink sink) {
        this.sink = sink;
    }

    /** Takes all that a buffer has. */
    void read(ByteBuffer in) {
        while (in.hasRemaining()) {
            if (inPayload) {
                readPayload(in);
            } else {
                readHeader(in);
            }
        }
    }

    private void readHeader(ByteBuffer in) {
        while (headerBytes < headerLength() && in.hasRemaining()) {
            header[headerBytes++] = in.get();
        }
        if (headerBytes < headerLength()) {
            return;
        }
        length = payloadLength();
        headerBytes = 0;
        read = 0;
        wanted = sink.wants(opcode(), length);
        if (wanted && payload.length < length) {
            payload = Arrays.copyOf(payload, Math.toIntExact(length));
        }
        inPayload = length > 0;
        if (!inPayload) {
            sink.frame(opcode(), payload, 0);
        }
    }

    private void readPayload(ByteBuffer in) {
        int count = (int) Math.min(length - read, in.remaining());
        if (wanted) {
            in.get(payload, (int) read, count);
        } else {
            in.position(in.position() + count);
        }
        read += count;
        if (read == length) {
            inPayload = false;
            sink.frame(opcode(), payload, length);
            if (payload.length > KEPT) {
                payload = NOTHING; // one long message is no reason to keep room for the next
            }
        }
    }

    private int opcode() {
        return header[0] & 0xf;
    }

    private int headerLength() {
        if (headerBytes < 2) {
            return 2;
        }
        return switch (header[1] & 0x7f) {
            case TWO_BYTES -> 4;
            case EIGHT_BYTES -> LONGEST_HEADER;
            default -> 2;
        };
    }

    private long payloadLength() {
        int shortLength = header[1] & 0x7f;
        if (shortLength < TWO_BYTES) {
            return shortLength;
        }
        long value = 0;
        for (int i = 2; i < headerBytes; i++) {
            value = value << 8 | header[i] & 0xff;
        }
        return value;
    }
}
