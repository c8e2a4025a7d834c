package io.snorky.datasync.filter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Takes a filter apart: it is true where any of its clauses is, and a clause where all of its parts
 * are. So each clause can be found by one of its parts.
 */
final class Clauses {

    /** A conjunction multiplies its clauses with those of the disjunctions in it up to here. */
    private static final int MAX_PRODUCT = 16;

    private Clauses() {}

    /** The clauses of a filter; none if it is never true, an empty one if it always is. */
    static List<List<Filter>> of(Filter filter) {
        return switch (filter) {
            case Filter.Comparison comparison -> List.of(List.of(comparison));
            case Filter.Not not -> List.of(List.of(not));
            case Filter.Or(List<Filter> filters) ->
                    filters.stream().flatMap(each -> of(each).stream()).distinct().toList();
            case Filter.And(List<Filter> filters) -> ofAll(filters);
        };
    }

    /** A disjunction inside a conjunction. */
    private record Choice(Filter filter, List<List<Filter>> clauses) {

        /** Whether each of its clauses could be found by one of its parts. */
        boolean isIndexed() {
            return clauses.stream()
                    .allMatch(
                            parts -> parts.stream().anyMatch(Filter.Comparison.class::isInstance));
        }
    }

    private static List<List<Filter>> ofAll(List<Filter> filters) {
        List<Filter> comparisons = new ArrayList<>();
        List<Filter> rest = new ArrayList<>();
        List<Choice> choices = new ArrayList<>();
        for (Filter filter : filters) {
            if (filter instanceof Filter.Comparison) {
                comparisons.add(filter);
            } else if (filter instanceof Filter.Or) {
                choices.add(new Choice(filter, of(filter)));
            } else {
                rest.add(filter);
            }
        }
        choices.sort(Comparator.comparingInt(choice -> choice.clauses().size()));
        List<List<Filter>> clauses = List.of(comparisons);
        for (Choice choice : choices) {
            if (choice.isIndexed() && isWorthwhile(clauses, choice)) {
                clauses = product(clauses, choice.clauses());
            } else {
                rest.add(choice.filter());
            }
        }
        return rest.isEmpty() ? clauses : product(clauses, List.of(List.of(Filter.and(rest))));
    }

    private static boolean isWorthwhile(List<List<Filter>> clauses, Choice choice) {
        boolean indexesAtAll = clauses.getFirst().isEmpty();
        return indexesAtAll || clauses.size() * choice.clauses().size() <= MAX_PRODUCT;
    }

    private static List<List<Filter>> product(List<List<Filter>> left, List<List<Filter>> right) {
        List<List<Filter>> product = new ArrayList<>();
        for (List<Filter> one : left) {
            for (List<Filter> other : right) {
                List<Filter> both = new ArrayList<>(one);
                both.addAll(other);
                product.add(both);
            }
        }
        return product;
    }
}
