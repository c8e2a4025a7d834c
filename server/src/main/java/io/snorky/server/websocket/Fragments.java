package io.snorky.server.websocket;

import java.util.Arrays;

/**
 * The fragments of a message that is not complete (RFC 6455, section 5.4), gathered in one array.
 *
 * <p>Threads: owned by the event loop of its connection.
 */
final class Fragments {

    private static final int LEAST_BYTES = 256;

    private final int head;
    private final int maxBytes;
    private byte[] bytes = {};
    private int length;

    /**
     * @param head the first byte of the first frame: what kind of message it is
     * @param maxBytes of all fragments; the caller sees to it that there are not more
     */
    Fragments(int head, int maxBytes) {
        this.head = head;
        this.maxBytes = maxBytes;
    }

    int head() {
        return head;
    }

    /** Bytes gathered so far. */
    int length() {
        return length;
    }

    /** What has been gathered is at its beginning. Another array after each {@link #append}. */
    byte[] bytes() {
        return bytes;
    }

    /**
     * Makes room for another fragment.
     *
     * @return where it begins in {@link #bytes}
     */
    int append(int more) {
        int start = length;
        length += more;
        if (length > bytes.length) {
            long roomy = Math.max(Math.max(length, LEAST_BYTES), bytes.length * 2L);
            bytes = Arrays.copyOf(bytes, (int) Math.min(maxBytes, roomy));
        }
        return start;
    }
}
