package io.snorky.datasync.filter;

import org.jspecify.annotations.Nullable;

/**
 * The values between two of the same kind.
 *
 * @param low null if there is no lower bound
 * @param high null if there is no upper bound
 */
record Interval(
        Value.@Nullable Ordered low,
        boolean includesLow,
        Value.@Nullable Ordered high,
        boolean includesHigh)
        implements Comparable<Interval> {

    /** The values for which a comparison is true. */
    static Interval of(Filter.InOrder comparison) {
        Order order = comparison.order();
        return order.isBelow()
                ? new Interval(null, false, comparison.bound(), order.includesEqual())
                : new Interval(comparison.bound(), order.includesEqual(), null, false);
    }

    boolean isBounded() {
        return low != null && high != null;
    }

    boolean isOfStrings() {
        return (low == null ? high : low) instanceof Value.Text;
    }

    /** The values that are in another one, too. */
    Interval and(Interval other) {
        Interval lower = compareLow(other) >= 0 ? this : other;
        Interval upper = compareHigh(other) <= 0 ? this : other;
        return new Interval(lower.low, lower.includesLow, upper.high, upper.includesHigh);
    }

    long lowRank() {
        return low == null ? Long.MIN_VALUE : low.rank();
    }

    long highRank() {
        return high == null ? Long.MAX_VALUE : high.rank();
    }

    /** Whether a value of the same rank as the lower bound is not too low. */
    boolean startsBefore(Value.Ordered value) {
        int comparison = low == null ? 1 : value.compareExactly(low);
        return comparison > 0 || comparison == 0 && includesLow;
    }

    /** Whether a value of the same rank as the upper bound is not too high. */
    boolean endsAfter(Value.Ordered value) {
        int comparison = high == null ? -1 : value.compareExactly(high);
        return comparison < 0 || comparison == 0 && includesHigh;
    }

    /** Which of two starts earlier. */
    private int compareLow(Interval other) {
        if (low == null || other.low == null) {
            return Boolean.compare(low != null, other.low != null);
        }
        int bounds = low.compare(other.low);
        return bounds == 0 ? Boolean.compare(other.includesLow, includesLow) : bounds;
    }

    /** Which of two ends earlier. */
    int compareHigh(Interval other) {
        if (high == null || other.high == null) {
            return Boolean.compare(high == null, other.high == null);
        }
        int bounds = high.compare(other.high);
        return bounds == 0 ? Boolean.compare(includesHigh, other.includesHigh) : bounds;
    }

    @Override
    public int compareTo(Interval other) {
        int lows = compareLow(other);
        return lows == 0 ? compareHigh(other) : lows;
    }
}
