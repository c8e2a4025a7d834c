package io.snorky.datasync.filter;

/**
 * A power of ten of any size.
 *
 * @param value what it is; if it has more than 18 digits, the largest or smallest long
 * @param vast its digits, if it has more than 18; else empty
 */
record Exponent(long value, String vast) implements Comparable<Exponent> {

    private static final int MAX_DIGITS = 18;
    private static final long LIMIT = 1_000_000_000_000_000_000L;

    static Exponent of(long value) {
        long magnitude = Math.abs(value);
        return magnitude < LIMIT
                ? new Exponent(value, "")
                : vast(value < 0, Long.toString(magnitude));
    }

    /**
     * @param text as JSON spells it behind the e
     * @param more is added to it
     */
    static Exponent of(String text, int more) {
        boolean negative = text.startsWith("-");
        int first = negative || text.startsWith("+") ? 1 : 0;
        while (first < text.length() - 1 && text.charAt(first) == '0') {
            first++;
        }
        String digits = text.substring(first);
        if (digits.length() > MAX_DIGITS) {
            digits = plus(digits, negative ? -more : more);
            if (digits.length() > MAX_DIGITS) {
                return vast(negative, digits);
            }
            more = 0;
        }
        long magnitude = Long.parseLong(digits);
        return of((negative ? -magnitude : magnitude) + more);
    }

    private static Exponent vast(boolean negative, String digits) {
        return new Exponent(negative ? Long.MIN_VALUE : Long.MAX_VALUE, digits);
    }

    /**
     * @param digits a number larger than any int
     */
    private static String plus(String digits, int more) {
        char[] sum = digits.toCharArray();
        int carry = more;
        for (int at = sum.length - 1; at >= 0 && carry != 0; at--) {
            int digit = sum[at] - '0' + carry;
            sum[at] = (char) ('0' + Math.floorMod(digit, 10));
            carry = Math.floorDiv(digit, 10);
        }
        int first = 0;
        while (sum[first] == '0' && carry == 0) {
            first++;
        }
        return (carry == 0 ? "" : carry) + new String(sum, first, sum.length - first);
    }

    /** A number times ten to this, rounded. */
    double scale(String number) {
        if (vast.isEmpty()) {
            return Double.parseDouble(number + "e" + value);
        }
        return value < 0 ? 0 : Double.POSITIVE_INFINITY;
    }

    @Override
    public int compareTo(Exponent other) {
        int values = Long.compare(value, other.value);
        if (values != 0) {
            return values;
        }
        int lengths = Integer.compare(vast.length(), other.vast.length());
        int magnitudes = lengths == 0 ? vast.compareTo(other.vast) : lengths;
        return value < 0 ? -magnitudes : magnitudes;
    }
}
