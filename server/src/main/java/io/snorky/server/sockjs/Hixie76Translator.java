package io.snorky.server.sockjs;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.snorky.server.transport.OutboundTranslator;

import org.jspecify.annotations.Nullable;

/**
 * Lets a WebSocket of today talk with a client of draft-hixie-thewebsocketprotocol-76, whose texts
 * are between a byte of zeros and a byte of ones. It has no pings, so they are answered here.
 *
 * <p>Threads: owned by its event loop.
 */
final class Hixie76Translator extends ChannelDuplexHandler implements OutboundTranslator {

    private static final byte TEXT = (byte) 0x81;
    private static final byte CLOSE = (byte) 0x88;
    private static final byte PING = (byte) 0x89;
    private static final byte PONG = (byte) 0x8a;
    private static final int MASKED = 0x80;

    private final int maxMessageBytes;
    private @Nullable ByteBuf in;

    Hixie76Translator(int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        in = ctx.alloc().buffer();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (in != null) {
            in.release();
            in = null;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var bytes = (ByteBuf) message;
        ByteBuf all = in;
        if (all == null) {
            bytes.release();
            return;
        }
        all.writeBytes(bytes);
        bytes.release();
        while (in != null && readFrame(ctx, all)) {}
        if (in == null) {
            return;
        }
        all.discardSomeReadBytes();
        if (all.readableBytes() > maxMessageBytes) {
            ctx.close();
        }
    }

    private static boolean readFrame(ChannelHandlerContext ctx, ByteBuf all) {
        int start = all.readerIndex();
        if (all.readableBytes() < 2) {
            return false;
        }
        if (all.getByte(start) != 0) {
            all.skipBytes(all.readableBytes());
            ctx.fireChannelRead(frame(ctx, CLOSE, Unpooled.EMPTY_BUFFER));
            return false;
        }
        int end = all.indexOf(start + 1, all.writerIndex(), (byte) 0xff);
        if (end < 0) {
            return false;
        }
        ByteBuf frame = frame(ctx, TEXT, all.slice(start + 1, end - start - 1));
        all.readerIndex(end + 1);
        ctx.fireChannelRead(frame);
        return true;
    }

    /** A frame as clients of today send it, with a mask that changes nothing. */
    private static ByteBuf frame(ChannelHandlerContext ctx, byte first, ByteBuf payload) {
        int length = payload.readableBytes();
        ByteBuf frame = ctx.alloc().buffer(length + 14).writeByte(first);
        if (length < 126) {
            frame.writeByte(MASKED | length);
        } else if (length < 65_536) {
            frame.writeByte(MASKED | 126).writeShort(length);
        } else {
            frame.writeByte(MASKED | 127).writeLong(length);
        }
        return frame.writeInt(0).writeBytes(payload);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        var frames = (ByteBuf) message;
        ByteBuf out = ctx.alloc().buffer(frames.readableBytes() + 16);
        try {
            while (frames.isReadable()) {
                translate(ctx, frames, out);
            }
        } finally {
            frames.release();
        }
        ctx.write(out, promise);
    }

    private static void translate(ChannelHandlerContext ctx, ByteBuf frames, ByteBuf out) {
        byte first = frames.readByte();
        int length = frames.readByte();
        if (length == 126) {
            length = frames.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(frames.readLong());
        }
        switch (first) {
            case TEXT -> out.writeByte(0).writeBytes(frames, length).writeByte(0xff);
            case CLOSE -> {
                frames.skipBytes(length);
                out.writeByte(0xff).writeByte(0);
            }
            case PING -> {
                frames.skipBytes(length);
                ByteBuf pong = frame(ctx, PONG, Unpooled.EMPTY_BUFFER);
                ctx.executor().execute(() -> ctx.fireChannelRead(pong));
            }
            default -> frames.skipBytes(length);
        }
    }
}
