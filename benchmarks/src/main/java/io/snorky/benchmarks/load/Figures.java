package io.snorky.benchmarks.load;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What was measured in one run, or the medians of several. */
record Figures(Map<Figure, Double> values) {

    Figures {
        values = Collections.unmodifiableMap(new EnumMap<>(values));
    }

    /** All of them in a line. */
    String summary() {
        return values.entrySet().stream()
                .map(each -> each.getKey().format(each.getValue()) + " " + each.getKey().heading())
                .collect(Collectors.joining(", "));
    }

    /** The median of each figure. */
    static Figures median(List<Figures> runs) {
        var medians = new EnumMap<Figure, Double>(Figure.class);
        for (Figure figure : runs.getFirst().values.keySet()) {
            medians.put(
                    figure,
                    middle(
                            runs.stream()
                                    .mapToDouble(run -> run.values.getOrDefault(figure, 0.0))
                                    .sorted()
                                    .boxed()
                                    .toList()));
        }
        return new Figures(medians);
    }

    private static double middle(List<Double> values) {
        int middle = values.size() / 2;
        return values.size() % 2 == 1
                ? values.get(middle)
                : (values.get(middle - 1) + values.get(middle)) / 2;
    }
}
