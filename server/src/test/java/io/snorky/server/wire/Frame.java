package io.snorky.server.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket frame as a server sends it, and the bytes of frames as clients send them. */
public record Frame(boolean isFinal, int opcode, byte[] payload) {

    public static final int CONTINUATION = 0x0;
    public static final int TEXT = 0x1;
    public static final int BINARY = 0x2;
    public static final int CLOSE = 0x8;
    public static final int PING = 0x9;
    public static final int PONG = 0xa;

    /** In the first byte: the last frame of its message. */
    public static final int FIN = 0x80;

    private static final int MASK = 0x37fa213d;

    static Frame read(Wire wire) {
        int first = wire.read();
        if (first < 0) {
            throw new AssertionError("end of connection where a frame was awaited");
        }
        int length = wire.read();
        if (length == 126) {
            length = ByteBuffer.wrap(wire.read(2)).getShort() & 0xffff;
        } else if (length == 127) {
            length = Math.toIntExact(ByteBuffer.wrap(wire.read(8)).getLong());
        }
        return new Frame((first & FIN) != 0, first & 0x7f, wire.read(length));
    }

    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** Of a close frame; 1005 if there is none. */
    public int closeCode() {
        return payload.length == 0 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
    }

    public static byte[] text(String text) {
        return bytes(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    public static byte[] close(int code) {
        return bytes(FIN | CLOSE, (byte) (code >> 8), (byte) code);
    }

    /** A masked frame, its length said in the shortest way. */
    public static byte[] bytes(int firstByte, byte... payload) {
        int length = payload.length;
        byte[] head = head(firstByte, true, length < 126 ? 1 : length < 65_536 ? 3 : 9, length);
        byte[] masked = payload.clone();
        for (int i = 0; i < length; i++) {
            masked[i] ^= (byte) (MASK >> 24 - 8 * (i % 4));
        }
        return join(head, masked);
    }

    /**
     * The beginning of a frame, with the mask if it is masked.
     *
     * @param lengthBytes that say the length: 1, 3 or 9
     */
    public static byte[] head(int firstByte, boolean masked, int lengthBytes, long length) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            int bit = masked ? 0x80 : 0;
            out.writeByte(firstByte);
            switch (lengthBytes) {
                case 1 -> out.writeByte((int) (bit | length));
                case 3 -> {
                    out.writeByte(bit | 126);
                    out.writeShort((int) length);
                }
                default -> {
                    out.writeByte(bit | 127);
                    out.writeLong(length);
                }
            }
            if (masked) {
                out.writeInt(MASK);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
