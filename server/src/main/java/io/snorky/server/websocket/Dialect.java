package io.snorky.server.websocket;

import io.snorky.CloseReason;
import io.snorky.Reception;
import io.snorky.json.Utf8;
import io.snorky.server.transport.Framing;

import java.util.Optional;

/**
 * What is said inside a WebSocket's frames. As it stands: each text is a message, and nothing else
 * is ever sent.
 *
 * <p>Threads: any; what is not shared between event loops is made for each.
 */
public interface Dialect {

    /** Each message in a frame of its own, as it is. */
    Dialect PLAIN = new Dialect() {};

    /** As {@link #PLAIN}, but texts are texts and bytes are bytes, in both directions. */
    Dialect TEXTS_AND_BYTES =
            new Dialect() {

                @Override
                public boolean tellsBytesApart() {
                    return true;
                }

                @Override
                public Understanding read(
                        byte[] payload, int length, boolean isText, Hearer hearer) {
                    if (!isText) {
                        hearer.hearBytes(payload, length);
                        return Understanding.YES;
                    }
                    if (!Utf8.isValid(payload, 0, length)) {
                        return Understanding.NOT_UTF8;
                    }
                    hearer.hear(payload, 0, length);
                    return Understanding.YES;
                }
            };

    /** What has become of what came in a frame. */
    enum Understanding {

        /** It has been taken to where it belongs, or dropped there. */
        YES,

        /** It says that it is text, and is not UTF-8. */
        NOT_UTF8,

        /** It breaks the rules of the dialect, whose answer is to hang up without a word. */
        NO
    }

    /** Where messages go. */
    @FunctionalInterface
    interface Hearer {

        /** Bytes are valid during the call only. */
        Reception hear(byte[] bytes, int from, int to);

        /** As {@link #hear}, for what is no text. */
        default Reception hearBytes(byte[] bytes, int length) {
            return hear(bytes, 0, length);
        }
    }

    /** Whether frames with bytes are something else than frames with text. */
    default boolean tellsBytesApart() {
        return false;
    }

    /** How messages are framed. */
    default Framing framing() {
        return WebSocketFraming.TEXT;
    }

    /** What is sent first. */
    default Optional<byte[]> opening() {
        return Optional.empty();
    }

    /** What is sent with each ping. */
    default Optional<byte[]> heartbeat() {
        return Optional.empty();
    }

    /** What is said before the close frame. */
    default Optional<byte[]> farewell(CloseReason reason) {
        return Optional.empty();
    }

    /** What the close frame says. */
    default CloseReason closing(CloseReason reason) {
        return reason;
    }

    /**
     * Reads what came in a frame.
     *
     * @param isText whether the frame says so
     */
    default Understanding read(byte[] payload, int length, boolean isText, Hearer hearer) {
        Reception reception = hearer.hear(payload, 0, length);
        return isText
                        && reception instanceof Reception.Malformed
                        && !Utf8.isValid(payload, 0, length)
                ? Understanding.NOT_UTF8
                : Understanding.YES;
    }
}
