package io.snorky.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What is written into a message to know it again: {@code @@}, the number of the message and the
 * time at which it was due, in hexadecimal digits.
 *
 * @param number of the message, from 0
 * @param nanos as {@link System#nanoTime}
 */
record Stamp(long number, long nanos) {

    private static final int DIGITS = 16;
    private static final byte MARK = '@';
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** Bytes it takes. */
    static final int LENGTH = 2 + 2 * DIGITS;

    /** As it is before it is overwritten. */
    static final String BLANK = "@@" + "0".repeat(2 * DIGITS);

    /**
     * Overwrites the stamp of a frame.
     *
     * @param at where the stamp's first digit is in the buffer
     * @param index where it is in the payload
     */
    void write(Wire wire, ByteBuffer frame, int at, int index) {
        hex(wire, frame, number, at, index);
        hex(wire, frame, nanos, at + DIGITS, index + DIGITS);
    }

    private static void hex(Wire wire, ByteBuffer frame, long value, int at, int index) {
        for (int i = 0; i < DIGITS; i++) {
            byte digit = HEX[(int) (value >>> (4 * (DIGITS - 1 - i))) & 0xf];
            frame.put(at + i, wire.framed(digit, index + i));
        }
    }

    /**
     * Reads the stamp of a message.
     *
     * @throws LoadException if there is none
     */
    static Stamp read(byte[] payload, long length) {
        for (int i = 0; i + LENGTH <= length; i++) {
            if (payload[i] == MARK && payload[i + 1] == MARK) {
                return new Stamp(number(payload, i + 2), number(payload, i + 2 + DIGITS));
            }
        }
        String text = new String(payload, 0, (int) length, StandardCharsets.UTF_8);
        throw new LoadException("message: " + text + " (expected: one that was published)");
    }

    private static long number(byte[] payload, int from) {
        long value = 0;
        for (int i = from; i < from + DIGITS; i++) {
            value = value << 4 | Character.digit(payload[i], 16);
        }
        return value;
    }
}
