package io.snorky.server.websocket;

import io.snorky.CloseReason;
import io.snorky.json.Utf8;

import java.nio.charset.StandardCharsets;

/** The payloads of close frames (RFC 6455, sections 5.5.1 and 7.4). */
final class CloseFrames {

    private CloseFrames() {}

    static byte[] payload(CloseReason reason) {
        byte[] text = reason.text().getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[text.length + 2];
        payload[0] = (byte) (reason.code() >> 8);
        payload[1] = (byte) reason.code();
        System.arraycopy(text, 0, payload, 2, text.length);
        return payload;
    }

    /** What to answer a peer's close frame with: its own code, or what was wrong with the frame. */
    static byte[] answer(byte[] payload, int length) {
        if (length == 0) {
            return new byte[0];
        }
        if (length == 1) {
            return payload(CloseReason.PROTOCOL_ERROR);
        }
        int code = (payload[0] & 0xff) << 8 | payload[1] & 0xff;
        if (!mayBeSent(code)) {
            return payload(CloseReason.PROTOCOL_ERROR);
        }
        return Utf8.isValid(payload, 2, length)
                ? payload(new CloseReason(code, ""))
                : payload(CloseReason.NOT_UTF8);
    }

    private static boolean mayBeSent(int code) {
        return code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006
                || code >= 3000 && code <= 4999;
    }
}
