package io.snorky.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * UTF-8 that can hold what strings of Java and JavaScript can: a surrogate without its other half
 * is written as three bytes, as if it were a character. Whatever has none is the same in both.
 */
public final class Wtf8 {

    private Wtf8() {}

    /** The bytes of a string. */
    public static byte[] encode(String text) {
        return hasLoneSurrogate(text) ? encodeEach(text) : text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static byte[] encodeEach(String text) {
        byte[] out = new byte[3 * text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            length = put(codePoint, out, length);
            i += Character.charCount(codePoint);
        }
        return Arrays.copyOf(out, length);
    }

    /**
     * Writes a code point, which may be a surrogate.
     *
     * @return where the next goes
     */
    static int put(int codePoint, byte[] out, int at) {
        int next = at;
        if (codePoint < 0x80) {
            out[next++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            out[next++] = (byte) (0xc0 | codePoint >> 6);
            out[next++] = (byte) (0x80 | codePoint & 0x3f);
        } else if (codePoint < 0x10000) {
            out[next++] = (byte) (0xe0 | codePoint >> 12);
            out[next++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
            out[next++] = (byte) (0x80 | codePoint & 0x3f);
        } else {
            out[next++] = (byte) (0xf0 | codePoint >> 18);
            out[next++] = (byte) (0x80 | codePoint >> 12 & 0x3f);
            out[next++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
            out[next++] = (byte) (0x80 | codePoint & 0x3f);
        }
        return next;
    }

    /**
     * The string of bytes that are well-formed but for such surrogates; what else is not UTF-8
     * becomes U+FFFD.
     */
    public static String decode(byte[] bytes, int from, int to) {
        if (Utf8.isValid(bytes, from, to)) {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
        var text = new StringBuilder(to - from);
        int plain = from;
        for (int at = from; at + 3 <= to; ) {
            if (isSurrogate(bytes, at)) {
                text.append(new String(bytes, plain, at - plain, StandardCharsets.UTF_8));
                text.append((char) (0xd000 | (bytes[at + 1] & 0x3f) << 6 | bytes[at + 2] & 0x3f));
                at += 3;
                plain = at;
            } else {
                at++;
            }
        }
        return text.append(new String(bytes, plain, to - plain, StandardCharsets.UTF_8)).toString();
    }

    /** Whether a surrogate begins there, three bytes of which are there. */
    public static boolean isSurrogate(byte[] bytes, int at) {
        return bytes[at] == (byte) 0xed && (bytes[at + 1] & 0xe0) == 0xa0;
    }
}
