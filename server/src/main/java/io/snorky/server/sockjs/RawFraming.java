package io.snorky.server.sockjs;

import io.netty.buffer.ByteBuf;
import io.snorky.Message;
import io.snorky.json.Utf8;
import io.snorky.json.Wtf8;
import io.snorky.server.transport.Framing;
import io.snorky.server.websocket.WebSocketFraming;

/**
 * Each message in a frame of its own. Half of a surrogate pair, which no frame may hold, becomes
 * U+FFFD, which takes three bytes, too.
 */
final class RawFraming implements Framing {

    static final RawFraming INSTANCE = new RawFraming();

    private RawFraming() {}

    @Override
    public int length(Message message) {
        return WebSocketFraming.TEXT.length(message);
    }

    @Override
    public int maxLength(int textLength) {
        return WebSocketFraming.TEXT.maxLength(textLength);
    }

    @Override
    public void write(byte[] text, int length, ByteBuf out) {
        WebSocketFraming.TEXT.write(text, length, out); // JSON, which is UTF-8
    }

    @Override
    public void write(Message message, ByteBuf out) {
        byte[] text = message.utf8();
        byte[] valid = Utf8.isValid(text, 0, text.length) ? text : withoutSurrogates(text);
        WebSocketFraming.TEXT.write(valid, valid.length, out);
    }

    private static byte[] withoutSurrogates(byte[] text) {
        byte[] valid = text.clone();
        for (int at = 0; at + 3 <= text.length; at++) {
            if (Wtf8.isSurrogate(text, at)) {
                valid[at] = (byte) 0xef;
                valid[at + 1] = (byte) 0xbf;
                valid[at + 2] = (byte) 0xbd;
            }
        }
        return valid;
    }
}
