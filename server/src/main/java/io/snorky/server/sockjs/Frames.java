package io.snorky.server.sockjs;

import io.netty.util.concurrent.FastThreadLocal;
import io.snorky.CloseReason;
import io.snorky.Message;
import io.snorky.json.Wtf8;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/**
 * The texts of frames: {@code o}, {@code h}, {@code a[…]}, {@code c[…]}.
 *
 * <p>Threads: one for each event loop. A text holds until the next is asked for.
 */
final class Frames {

    /**
     * Messages whose elements are kept, unless they are longer; so 4 MiB at most, in both forms.
     */
    private static final int RECENT = 256;

    private static final int KEPT_BYTES = 8192;

    private static final FastThreadLocal<Frames> OF_THIS_THREAD =
            new FastThreadLocal<>() {
                @Override
                protected Frames initialValue() {
                    return new Frames();
                }
            };

    private record Element(Message message, byte[] quoted) {}

    private final Text frame = new Text();
    private final Text wrapped = new Text();
    private final @Nullable Element[] recent = new Element[RECENT];

    private Frames() {}

    static Frames ofThisThread() {
        return OF_THIS_THREAD.get();
    }

    Text open() {
        return frame.clear().one('o');
    }

    Text heartbeat() {
        return frame.clear().one('h');
    }

    Text close(CloseReason reason) {
        frame.clear().ascii("c[" + reason.code() + ",");
        byte[] text = Wtf8.encode(reason.text());
        Escapes.quote(text, 0, text.length, frame);
        return frame.one(']');
    }

    /** A frame to be filled between its brackets. */
    Text begin() {
        return frame.clear();
    }

    Text messages(List<Message> messages) {
        frame.clear().ascii("a[");
        for (int i = 0; i < messages.size(); i++) {
            if (i > 0) {
                frame.one(',');
            }
            byte[] text = messages.get(i).utf8();
            Escapes.quote(text, 0, text.length, frame);
        }
        return frame.one(']');
    }

    /**
     * A message as it is between the brackets. It is shared: do not change it. That of a recent
     * message is at hand, so that sessions which get it one after the other share the work, too.
     */
    @SuppressWarnings("ReferenceEquality") // whatever compares the bytes could as well quote them
    byte[] element(Message message) {
        int slot = System.identityHashCode(message) % RECENT;
        Element known = recent[slot];
        if (known != null && known.message == message) {
            return known.quoted;
        }
        Text text = wrapped();
        Escapes.quote(message.utf8(), 0, message.utf8().length, text);
        byte[] quoted = Arrays.copyOf(text.bytes(), text.length());
        if (quoted.length <= KEPT_BYTES) {
            recent[slot] = new Element(message, quoted);
        }
        return quoted;
    }

    /** A place for what a transport makes of a frame. */
    Text wrapped() {
        return wrapped.clear();
    }
}
