package io.snorky.server.websocket;

import io.netty.buffer.ByteBuf;
import io.snorky.Message;
import io.snorky.server.transport.Framing;

/** Frames as a server sends them: whole messages, not masked (RFC 6455, section 5.2). */
public final class WebSocketFraming implements Framing {

    /** Each message in a text frame. */
    public static final WebSocketFraming TEXT = new WebSocketFraming();

    static final int OP_CONTINUATION = 0x0;
    static final int OP_TEXT = 0x1;
    static final int OP_BINARY = 0x2;
    static final int OP_CLOSE = 0x8;
    static final int OP_PING = 0x9;
    static final int OP_PONG = 0xa;

    private static final int FIN = 0x80;

    private WebSocketFraming() {}

    @Override
    public int length(Message message) {
        return frameLength(message.utf8().length) + bytesLength(message);
    }

    @Override
    public int maxLength(int textLength) {
        return frameLength(textLength);
    }

    @Override
    public void write(byte[] text, int length, ByteBuf out) {
        writeFrame(OP_TEXT, text, length, out);
    }

    /** Bytes of a frame. */
    public static int frameLength(int payloadLength) {
        return payloadLength + (payloadLength < 126 ? 2 : payloadLength < 65_536 ? 4 : 10);
    }

    @Override
    public void write(Message message, ByteBuf out) {
        byte[] payload = message.utf8();
        writeFrame(OP_TEXT, payload, payload.length, out);
        writeBytes(message, out);
    }

    /** Bytes of the frame that follows a message's text. */
    static int bytesLength(Message message) {
        byte[] bytes = message.bytes();
        return bytes == null ? 0 : frameLength(bytes.length);
    }

    /** The frame that follows a message's text, if there is one. */
    static void writeBytes(Message message, ByteBuf out) {
        byte[] bytes = message.bytes();
        if (bytes != null) {
            writeFrame(OP_BINARY, bytes, bytes.length, out);
        }
    }

    /**
     * @param opcode with RSV1, if an extension wants it
     */
    static void writeFrame(int opcode, byte[] payload, int length, ByteBuf out) {
        out.writeByte(FIN | opcode);
        if (length < 126) {
            out.writeByte(length);
        } else if (length < 65_536) {
            out.writeByte(126).writeShort(length);
        } else {
            out.writeByte(127).writeLong(length);
        }
        out.writeBytes(payload, 0, length);
    }
}
