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
            case Filter.Incomparable incomparable -> List.of(List.of(incomparable));
            case Filter.Not(Filter.InOrder comparison) -> contrary(comparison);
            case Filter.Not not -> List.of(List.of(not));
            case Filter.Or(List<Filter> filters) ->
                    filters.stream().flatMap(each -> of(each).stream()).distinct().toList();
            case Filter.And(List<Filter> filters) -> ofAll(filters);
        };
    }

    /** What is not smaller is larger, or equal, or cannot be compared. */
    private static List<List<Filter>> contrary(Filter.InOrder comparison) {
        Field field = comparison.field();
        Value.Ordered bound = comparison.bound();
        Order order = comparison.order().contrary();
        return List.of(
                List.of(new Filter.InOrder(field, order, bound)),
                List.of(new Filter.Incomparable(field, bound instanceof Value.Text)));
    }

    /** A part of a conjunction that is true where any of its clauses is. */
    private record Choice(Filter filter, List<List<Filter>> clauses) {

        /** Whether each of its clauses could be found by one of its parts. */
        boolean isIndexed() {
            return clauses.stream().allMatch(parts -> parts.stream().anyMatch(Choice::canFind));
        }

        private static boolean canFind(Filter part) {
            return part instanceof Filter.Comparison || part instanceof Filter.Incomparable;
        }
    }

    private static List<List<Filter>> ofAll(List<Filter> filters) {
        List<Filter> comparisons = new ArrayList<>();
        List<Filter> rest = new ArrayList<>();
        List<Choice> choices = new ArrayList<>();
        for (Filter filter : filters) {
            if (filter instanceof Filter.Comparison) {
                comparisons.add(filter);
            } else {
                choices.add(new Choice(filter, of(filter)));
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
