package io.snorky.sync;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Numbers as JSON has them: {@code 1} is {@code 1.0}. */
final class Numbers {

    private Numbers() {}

    /** Whether both have exactly the same value. */
    static boolean same(Number one, Number other) {
        if (isReal(one) && isReal(other)) {
            return one.doubleValue() == other.doubleValue();
        }
        if (isWhole(one) && isWhole(other)) {
            return one.longValue() == other.longValue();
        }
        return exact(one).compareTo(exact(other)) == 0;
    }

    private static boolean isReal(Number number) {
        return number instanceof Double || number instanceof Float;
    }

    /** Whether it is one of up to 64 bits without a fraction. */
    static boolean isWhole(Number number) {
        return number instanceof Integer
                || number instanceof Long
                || number instanceof Short
                || number instanceof Byte;
    }

    /** As its shortest text says, which is what is sent. */
    private static BigDecimal exact(Number number) {
        return switch (number) {
            case BigDecimal decimal -> decimal;
            case BigInteger integer -> new BigDecimal(integer);
            case Double real -> BigDecimal.valueOf(real);
            case Float real -> BigDecimal.valueOf(real.doubleValue());
            default -> BigDecimal.valueOf(number.longValue());
        };
    }
}
