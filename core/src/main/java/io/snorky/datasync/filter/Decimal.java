package io.snorky.datasync.filter;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A number that is no integer of 64 bits, by its exact value: 0.<i>digits</i> times ten to the
 * <i>exponent</i>. What it costs follows the length of its text, never its magnitude.
 *
 * @param digits without zeros at either end
 * @param rank follows from the others
 */
record Decimal(boolean negative, String digits, Exponent exponent, long rank)
        implements Value.Ordered, Comparable<Decimal> {

    private static final int LONG_DIGITS = 19;

    /** The value of a number of any magnitude. */
    static Value.Ordered of(BigDecimal number) {
        if (number.signum() == 0) {
            return new Value.Whole(0);
        }
        long exponent = (long) number.precision() - number.scale();
        String digits = number.unscaledValue().abs().toString();
        return of(number.signum() < 0, digits, Exponent.of(exponent));
    }

    /**
     * The value of a number of any length and magnitude.
     *
     * @param json as JSON spells it
     */
    static Value.Ordered of(String json) {
        int e = Math.max(json.indexOf('e'), json.indexOf('E'));
        boolean negative = json.startsWith("-");
        String mantissa = json.substring(negative ? 1 : 0, e < 0 ? json.length() : e);
        int point = mantissa.indexOf('.');
        String digits = mantissa.replace(".", "");
        int zeros = 0;
        while (zeros < digits.length() && digits.charAt(zeros) == '0') {
            zeros++;
        }
        if (zeros == digits.length()) {
            return new Value.Whole(0);
        }
        int whole = point < 0 ? mantissa.length() : point;
        String exponent = e < 0 ? "0" : json.substring(e + 1);
        return of(negative, digits.substring(zeros), Exponent.of(exponent, whole - zeros));
    }

    private static Value.Ordered of(boolean negative, String padded, Exponent exponent) {
        int end = padded.length();
        while (padded.charAt(end - 1) == '0') {
            end--;
        }
        String digits = padded.substring(0, end);
        long length = exponent.value();
        if (digits.length() <= length && length <= LONG_DIGITS) {
            String sign = negative ? "-" : "";
            var whole = new BigInteger(sign + digits + "0".repeat((int) length - digits.length()));
            if (whole.bitLength() < Long.SIZE) {
                return new Value.Whole(whole.longValue());
            }
        }
        return decimal(negative, digits, exponent);
    }

    /** An integer, to be compared with what is none of 64 bits. */
    static Decimal of(long number) {
        String digits = BigInteger.valueOf(number).abs().toString();
        int end = digits.length();
        while (end > 1 && digits.charAt(end - 1) == '0') {
            end--;
        }
        return decimal(number < 0, digits.substring(0, end), Exponent.of(digits.length()));
    }

    private static Decimal decimal(boolean negative, String digits, Exponent exponent) {
        double magnitude = exponent.scale("0." + digits);
        return new Decimal(negative, digits, exponent, rank(negative ? -magnitude : magnitude));
    }

    /** Rounding never turns the order of two numbers round. */
    static long rank(double rounded) {
        long bits = Double.doubleToLongBits(rounded == 0 ? 0 : rounded);
        return bits ^ bits >> Long.SIZE - 1 & Long.MAX_VALUE;
    }

    @Override
    public int compareExactly(Value.Ordered other) {
        return compareTo(
                switch (other) {
                    case Decimal decimal -> decimal;
                    case Value.Whole(long number) -> of(number);
                    case Value.Text text -> throw new IllegalArgumentException("a string");
                });
    }

    @Override
    public int compareTo(Decimal other) {
        if (signum() != other.signum()) {
            return Integer.compare(signum(), other.signum());
        }
        int exponents = exponent.compareTo(other.exponent);
        int magnitudes = exponents == 0 ? digits.compareTo(other.digits) : exponents;
        return negative ? -magnitudes : magnitudes;
    }

    private int signum() {
        if (digits.equals("0")) {
            return 0;
        }
        return negative ? -1 : 1;
    }
}
