package io.snorky.server.sockjs;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.snorky.Message;
import io.snorky.server.transport.Framing;

import java.util.List;

/**
 * Messages in one frame of a transport over HTTP.
 *
 * @param chunked whether the frame is a chunk
 */
record ArrayFraming(FrameFormat format, boolean chunked) implements Framing {

    @Override
    public ByteBuf encode(List<Message> messages, ByteBufAllocator allocator) {
        return format.write(Frames.ofThisThread().messages(messages), chunked, allocator);
    }

    @Override
    public int maxLength(int textLength) {
        throw new UnsupportedOperationException("messages go out in frames of several");
    }

    @Override
    public void write(byte[] text, int length, ByteBuf out) {
        throw new UnsupportedOperationException("messages go out in frames of several");
    }

    @Override
    public int length(Message message) {
        throw new UnsupportedOperationException("messages go out in frames of several");
    }

    @Override
    public void write(Message message, ByteBuf out) {
        throw new UnsupportedOperationException("messages go out in frames of several");
    }
}
