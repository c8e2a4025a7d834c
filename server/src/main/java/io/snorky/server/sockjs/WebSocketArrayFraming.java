package io.snorky.server.sockjs;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.snorky.Message;
import io.snorky.server.transport.Framing;
import io.snorky.server.websocket.WebSocketFraming;

import java.util.List;

/** Messages in a frame of SockJS that is the text of a frame of WebSocket. */
final class WebSocketArrayFraming implements Framing {

    static final WebSocketArrayFraming INSTANCE = new WebSocketArrayFraming();

    private static final int BRACKETS = 3;
    private static final int QUOTES = 2;

    private WebSocketArrayFraming() {}

    @Override
    public ByteBuf encode(List<Message> messages, ByteBufAllocator allocator) {
        Text frame = Frames.ofThisThread().messages(messages);
        ByteBuf out = allocator.directBuffer(WebSocketFraming.frameLength(frame.length()));
        WebSocketFraming.TEXT.write(frame.bytes(), frame.length(), out);
        return out;
    }

    @Override
    public int length(Message message) {
        return WebSocketFraming.frameLength(
                Frames.ofThisThread().element(message).length + BRACKETS);
    }

    /** Of JSON no byte takes more than two. */
    @Override
    public int maxLength(int textLength) {
        return WebSocketFraming.frameLength(2 * textLength + QUOTES + BRACKETS);
    }

    @Override
    public void write(byte[] text, int length, ByteBuf out) {
        Text frame = Frames.ofThisThread().begin().ascii("a[");
        Escapes.quote(text, 0, length, frame);
        frame.one(']');
        WebSocketFraming.TEXT.write(frame.bytes(), frame.length(), out);
    }

    @Override
    public void write(Message message, ByteBuf out) {
        Frames frames = Frames.ofThisThread();
        byte[] element = frames.element(message);
        Text frame = frames.begin().ascii("a[").raw(element).one(']');
        WebSocketFraming.TEXT.write(frame.bytes(), frame.length(), out);
    }
}
