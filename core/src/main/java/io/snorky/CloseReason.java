package io.snorky;

import java.nio.charset.StandardCharsets;

/**
 * Why a connection ends: a code and a text as in a WebSocket close frame (RFC 6455, section 7.4).
 *
 * @param code 1000 to 4999; 3000 to 4999 are free for applications, of which this product uses 4400
 *     to 4499
 * @param text at most 123 bytes in UTF-8
 */
public record CloseReason(int code, String text) {

    public static final CloseReason NORMAL = new CloseReason(1000, "");
    public static final CloseReason PROTOCOL_ERROR = new CloseReason(1002, "Protocol error");
    public static final CloseReason NOT_UTF8 = new CloseReason(1007, "Text is not UTF-8");
    public static final CloseReason TOO_BIG = new CloseReason(1009, "Message too big");
    public static final CloseReason INTERNAL_ERROR = new CloseReason(1011, "Internal error");
    public static final CloseReason SLOW_READER = new CloseReason(4400, "Reads too slowly");
    public static final CloseReason NOT_AUTHENTICATED = new CloseReason(4401, "Not authenticated");
    public static final CloseReason TOO_FAST = new CloseReason(4402, "Sends too fast");
    public static final CloseReason TOO_SLOW = new CloseReason(4403, "Message took too long");
    public static final CloseReason TOKEN_EXPIRED = new CloseReason(4404, "Token expired");

    public CloseReason {
        if (code < 1000 || code > 4999) {
            throw new IllegalArgumentException("code: " + code + " (expected: 1000 to 4999)");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > 123) {
            throw new IllegalArgumentException("text: longer than 123 bytes in UTF-8");
        }
    }
}
