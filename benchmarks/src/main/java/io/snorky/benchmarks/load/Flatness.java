package io.snorky.benchmarks.load;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Whether something stays as it is over time: the median of the last third of its values is at most
 * a tenth and an allowance above that of the third before. The first third is for warming up.
 */
final class Flatness {

    private static final int FEWEST = 6;

    private Flatness() {}

    /** What is not flat, in words; empty if all is well. */
    static String problem(String what, List<Long> values, long allowance) {
        if (values.size() < FEWEST) {
            return "";
        }
        int third = values.size() / 3;
        long before = median(values.subList(third, 2 * third));
        long after = median(values.subList(2 * third, values.size()));
        long most = before + before / 10 + allowance;
        if (after <= most) {
            return "";
        }
        return "%s: %,d bytes in the end (expected: at most %,d, for it was %,d before)"
                .formatted(what, after, most, before);
    }

    /** The same for a part of some samples. */
    static <T> String problem(
            String what, List<T> samples, ToLongFunction<T> part, long allowance) {
        return problem(what, samples.stream().map(part::applyAsLong).toList(), allowance);
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
