package io.snorky.server.sockjs;

import java.util.Arrays;
import java.util.Optional;

/** Finds the field {@code d} of a form, {@code application/x-www-form-urlencoded}. */
final class FormField {

    private static final byte[] NAME = {'d', '='};

    private FormField() {}

    /**
     * Its value, decoded.
     *
     * @return empty if there is none
     * @throws IllegalArgumentException if a percent sign is not followed by two hexadecimal digits
     */
    static Optional<byte[]> find(byte[] form) {
        int from = 0;
        while (from < form.length) {
            int to = from;
            while (to < form.length && form[to] != '&') {
                to++;
            }
            if (to - from >= 2 && Arrays.equals(form, from, from + 2, NAME, 0, 2)) {
                return Optional.of(decode(form, from + 2, to));
            }
            from = to + 1;
        }
        return Optional.empty();
    }

    private static byte[] decode(byte[] form, int from, int to) {
        byte[] out = new byte[to - from];
        int length = 0;
        for (int at = from; at < to; at++) {
            byte next = form[at];
            if (next == '%') {
                if (at + 2 >= to) {
                    throw new IllegalArgumentException("a percent sign at the end");
                }
                next = (byte) (digit(form[at + 1]) << 4 | digit(form[at + 2]));
                at += 2;
            } else if (next == '+') {
                next = ' ';
            }
            out[length++] = next;
        }
        return Arrays.copyOf(out, length);
    }

    private static int digit(byte ascii) {
        int digit = Character.digit(ascii, 16);
        if (digit < 0) {
            throw new IllegalArgumentException("no hexadecimal digit after a percent sign");
        }
        return digit;
    }
}
