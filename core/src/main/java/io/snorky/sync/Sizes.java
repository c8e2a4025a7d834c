package io.snorky.sync;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.math.BigInteger;

/** How long values are as JSON, about, without writing them. */
final class Sizes {

    private static final long REAL = 12;
    private static final double DIGITS_PER_BIT = 0.30103;

    private Sizes() {}

    /**
     * Bytes of a frozen value.
     *
     * @param enough no more is counted once there are that many, so that a large value costs no
     *     more than a small one
     */
    static long of(@Nullable Object frozen, long enough) {
        return switch (Forms.of(frozen)) {
            case Members members -> {
                long size = 2;
                for (int i = 0; i < members.size() && size < enough; i++) {
                    size += members.names()[i].length() + 4L;
                    size += of(members.values()[i], enough - size);
                }
                yield size;
            }
            case Sequence sequence -> {
                long size = 2;
                for (int i = 0; i < sequence.size() && size < enough; i++) {
                    size += 1L + of(sequence.elements()[i], enough - size);
                }
                yield size;
            }
            case String string -> string.length() + 2L;
            case JsonNode number -> number.toString().length();
            case Number number when Numbers.isWhole(number) -> digits(number.longValue());
            case BigInteger number -> (long) (number.bitLength() * DIGITS_PER_BIT) + 1;
            case Number number -> number instanceof BigDecimal d ? d.precision() + 2L : REAL;
            case null, default -> 5;
        };
    }

    private static int digits(long number) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.abs(number));
        return (int) (bits * DIGITS_PER_BIT) + (number < 0 ? 2 : 1);
    }
}
