package io.snorky.server.sockjs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of a text that is being put together. Threads: one at a time. */
final class Text {

    private static final int FIRST_BYTES = 1024;
    private static final int KEPT_BYTES = 64 * 1024;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    /** Begins anew, and does not remember a long text. */
    Text clear() {
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[FIRST_BYTES];
        }
        length = 0;
        return this;
    }

    /** The text is at its beginning. Another array after each change. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    Text one(int ascii) {
        reserve(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    Text two(int first, int second) {
        reserve(2);
        bytes[length++] = (byte) first;
        bytes[length++] = (byte) second;
        return this;
    }

    Text ascii(String text) {
        return raw(text.getBytes(StandardCharsets.US_ASCII));
    }

    Text raw(byte[] more) {
        return raw(more, 0, more.length);
    }

    Text raw(byte[] more, int from, int to) {
        int count = to - from;
        reserve(count);
        System.arraycopy(more, from, bytes, length, count);
        length += count;
        return this;
    }

    /** Makes room, for somebody who writes at the end and says how much. */
    byte[] room(int count) {
        reserve(count);
        return bytes;
    }

    void wrote(int count) {
        length += count;
    }

    private void reserve(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
        }
    }
}
