package io.snorky.server.sockjs;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;

/** How a transport over HTTP writes a frame. */
enum FrameFormat {

    /** A line. */
    LINE("", Encoding.PLAIN, "\n"),

    /** A server-sent event, whose data the client takes for part of a URI. */
    EVENT("data: ", Encoding.PERCENT, "\r\n\r\n"),

    /** A script in a page. */
    SCRIPT("<script>\np(", Encoding.QUOTED_IN_HTML, ");\n</script>\r\n"),

    /** The argument of a call, which each client wants by another name. */
    ARGUMENT("", Encoding.QUOTED, "");

    private enum Encoding {
        PLAIN,
        PERCENT,
        QUOTED,
        QUOTED_IN_HTML
    }

    private static final byte[] CRLF = {'\r', '\n'};

    private final String before;
    private final Encoding encoding;
    private final String after;

    FrameFormat(String before, Encoding encoding, String after) {
        this.before = before;
        this.encoding = encoding;
        this.after = after;
    }

    /**
     * A frame as it goes out.
     *
     * @param chunked whether as a chunk of its own (RFC 9112, section 7.1)
     */
    ByteBuf write(Text frame, boolean chunked, ByteBufAllocator allocator) {
        Text encoded = encode(frame);
        int length = before.length() + encoded.length() + after.length();
        ByteBuf out = allocator.directBuffer(length + (chunked ? overhead(length) : 0));
        if (chunked) {
            writeChunkHead(length, out);
        }
        ByteBufUtil.writeAscii(out, before);
        out.writeBytes(encoded.bytes(), 0, encoded.length());
        ByteBufUtil.writeAscii(out, after);
        if (chunked) {
            out.writeBytes(CRLF);
        }
        return out;
    }

    private Text encode(Text frame) {
        if (encoding == Encoding.PLAIN) {
            return frame;
        }
        Text out = Frames.ofThisThread().wrapped();
        switch (encoding) {
            case PLAIN -> throw new AssertionError(this);
            case PERCENT -> Escapes.percent(frame, out);
            case QUOTED -> Escapes.quoteFrame(frame, false, out);
            case QUOTED_IN_HTML -> Escapes.quoteFrame(frame, true, out);
        }
        return out;
    }

    /** A chunk that holds something else than a frame. */
    static void writeChunk(byte[] content, ByteBuf out) {
        writeChunkHead(content.length, out);
        out.writeBytes(content).writeBytes(CRLF);
    }

    private static void writeChunkHead(int length, ByteBuf out) {
        for (int shift = 4 * digits(length) - 4; shift >= 0; shift -= 4) {
            out.writeByte(Character.forDigit(length >> shift & 0xf, 16));
        }
        out.writeBytes(CRLF);
    }

    /** Bytes of a frame with its wrapping, of a chunk with it. */
    static int contentLength(int chunkLength) {
        int digits = 1;
        while (digits(chunkLength - 4 - digits) != digits) {
            digits++;
        }
        return chunkLength - 4 - digits;
    }

    private static int overhead(int length) {
        return digits(length) + 4;
    }

    private static int digits(int length) {
        return (35 - Integer.numberOfLeadingZeros(length | 1)) / 4;
    }
}
