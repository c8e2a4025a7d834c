package io.snorky.datasync.filter;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What a clause is best found by: the value that the fewest clauses ask for; else that a field is
 * incomparable, which is rare or divides further; else the range that has found the fewest so far.
 */
final class Choice<T> {

    private final Branch<T> root;
    private final Posting<T> posting;

    Choice(Branch<T> root, Posting<T> posting) {
        this.root = root;
        this.posting = posting;
    }

    /** Some of the posting's parts, as one range of a field. */
    private record Range(Field field, Interval interval, int parts) {

        boolean isOnSame(Range other) {
            return field.equals(other.field)
                    && interval.isOfStrings() == other.interval.isOfStrings();
        }

        Range and(Range other) {
            return new Range(field, interval.and(other.interval), parts | other.parts);
        }
    }

    /** The bucket to lie in; null if none of the parts that are left can be looked up. */
    @Nullable Bucket<T> bucket() {
        int value = rarestValue();
        if (value >= 0 && posting.parts[value] instanceof Filter.Equal equal) {
            posting.findBy(1 << value, false);
            return root.bucket(equal.field(), equal.value());
        }
        int incomparable = incomparable();
        if (incomparable >= 0
                && posting.parts[incomparable] instanceof Filter.Incomparable condition) {
            posting.findBy(1 << incomparable, false);
            return root.bucket(condition);
        }
        List<Range> ranges = ranges();
        if (ranges.isEmpty()) {
            return null;
        }
        Range best = ranges.getFirst();
        for (Range range : ranges) {
            best = frequency(range) < frequency(best) ? range : best;
        }
        posting.findBy(best.parts(), ranges.size() > 1);
        return root.bucket(best.field(), best.interval());
    }

    private int rarestValue() {
        int rarest = -1;
        int fewest = 0;
        int most = 0;
        for (int part = 0; part < usableParts(); part++) {
            if (!posting.isFoundBy(part) && posting.parts[part] instanceof Filter.Equal equal) {
                Branch<T> branch = root.at(equal.field());
                int clauses = branch == null ? 0 : branch.clauses(equal.value());
                int values = branch == null ? 0 : branch.values();
                if (rarest < 0 || clauses < fewest || clauses == fewest && values > most) {
                    rarest = part;
                    fewest = clauses;
                    most = values;
                }
            }
        }
        return rarest;
    }

    private int incomparable() {
        for (int part = 0; part < usableParts(); part++) {
            if (!posting.isFoundBy(part) && posting.parts[part] instanceof Filter.Incomparable) {
                return part;
            }
        }
        return -1;
    }

    private List<Range> ranges() {
        List<Range> ranges = new ArrayList<>();
        for (int part = 0; part < usableParts(); part++) {
            if (!posting.isFoundBy(part) && posting.parts[part] instanceof Filter.InOrder order) {
                narrow(ranges, new Range(order.field(), Interval.of(order), 1 << part));
            }
        }
        return ranges;
    }

    private static void narrow(List<Range> ranges, Range by) {
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.get(i).isOnSame(by)) {
                ranges.set(i, ranges.get(i).and(by));
                return;
            }
        }
        ranges.add(by);
    }

    private int usableParts() {
        return Math.min(posting.parts.length, Posting.MAX_FOUND_BY + 1);
    }

    /** How often a value is in a range, by what is known so far; with two ends half as often. */
    private double frequency(Range range) {
        Branch<T> branch = root.at(range.field());
        Intervals<T> intervals =
                branch == null ? null : branch.intervals(range.interval().isOfStrings());
        double share = intervals == null ? Intervals.UNKNOWN_SHARE : intervals.share();
        return range.interval().isBounded() ? share / 2 : share;
    }
}
