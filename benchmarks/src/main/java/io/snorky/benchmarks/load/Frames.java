package io.snorky.benchmarks.load;

import java.nio.ByteBuffer;

/** Writes frames as clients do, masked. */
final class Frames {

    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};
    private static final int LONGEST_HEADER = 14;
    private static final int LONGEST = 0xffff;

    private Frames() {}

    /** A whole frame. */
    static byte[] of(int opcode, byte[] payload) {
        if (payload.length > LONGEST) {
            throw new IllegalArgumentException(
                    "payload: " + payload.length + " bytes (expected: 0 to " + LONGEST + ")");
        }
        var frame = ByteBuffer.allocate(LONGEST_HEADER + payload.length);
        frame.put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        }
        frame.put(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.put(masked(payload[i], i));
        }
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }

    /** What a byte of a payload looks like in a frame. */
    static byte masked(byte value, int index) {
        return (byte) (value ^ MASK[index & 3]);
    }
}
