package io.snorky.datasync.filter;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A condition on rows, as an immutable tree in which {@code not} stands before comparisons only.
 * Queries that differ in nothing but superfluous levels are equal filters.
 *
 * <p>Threads: any.
 */
public sealed interface Filter {

    /** Whether it is true for a row. */
    boolean sees(JsonNode row);

    /** A condition on one field, false where the row does not have it. */
    sealed interface Comparison extends Filter {

        Field field();

        /** Whether it is true for what the field holds. */
        boolean holds(Value value);

        @Override
        default boolean sees(JsonNode row) {
            JsonNode node = field().in(row);
            Value value = node == null ? null : Value.of(node);
            return value != null && holds(value);
        }
    }

    /** {@code ["==", field, value]} */
    record Equal(Field field, Value value) implements Comparison {

        @Override
        public boolean holds(Value found) {
            return value.equals(found);
        }

        /** Lists and objects are spelled out only to be compared with one. */
        @Override
        public boolean sees(JsonNode row) {
            JsonNode node = field.in(row);
            if (node == null || (node.isContainer() && !(value instanceof Value.Unordered))) {
                return false;
            }
            return value.equals(Value.of(node));
        }
    }

    /** {@code ["<", field, value]} and the like. */
    record InOrder(Field field, Order order, Value.Ordered bound) implements Comparison {

        @Override
        public boolean holds(Value found) {
            return found instanceof Value.Ordered ordered
                    && ordered.isComparableWith(bound)
                    && order.holds(ordered.compare(bound));
        }
    }

    /**
     * True where a field cannot be in any order with a number or a string: it is missing, or is
     * something else. No query says so, but the contrary of an order does.
     */
    record Incomparable(Field field, boolean withStrings) implements Filter {

        @Override
        public boolean sees(JsonNode row) {
            JsonNode node = field.in(row);
            return node == null
                    || node.isContainer()
                    || !(Value.of(node) instanceof Value.Ordered ordered)
                    || withStrings != ordered instanceof Value.Text;
        }
    }

    /** {@code ["not", comparison]} */
    record Not(Comparison comparison) implements Filter {

        @Override
        public boolean sees(JsonNode row) {
            return !comparison.sees(row);
        }
    }

    /** {@code ["and", filter, …]}; true if there are none. */
    record And(List<Filter> filters) implements Filter {

        public And {
            filters = List.copyOf(filters);
        }

        @Override
        public boolean sees(JsonNode row) {
            for (Filter filter : filters) {
                if (!filter.sees(row)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** {@code ["or", filter, …]}; false if there are none. */
    record Or(List<Filter> filters) implements Filter {

        public Or {
            filters = List.copyOf(filters);
        }

        @Override
        public boolean sees(JsonNode row) {
            for (Filter filter : filters) {
                if (filter.sees(row)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** True for every row. */
    Filter ALL = new And(List.of());

    /** False for every row. */
    Filter NONE = new Or(List.of());

    /** The simplest filter that is true where all of these are. */
    static Filter and(List<Filter> filters) {
        Set<Filter> parts = new LinkedHashSet<>();
        for (Filter filter : filters) {
            if (filter instanceof And(List<Filter> inner)) {
                parts.addAll(inner);
            } else {
                parts.add(filter);
            }
        }
        return parts.contains(NONE) ? NONE : alone(parts, new And(List.copyOf(parts)));
    }

    /** The simplest filter that is true where any of these is. */
    static Filter or(List<Filter> filters) {
        Set<Filter> parts = new LinkedHashSet<>();
        for (Filter filter : filters) {
            if (filter instanceof Or(List<Filter> inner)) {
                parts.addAll(inner);
            } else {
                parts.add(filter);
            }
        }
        return parts.contains(ALL) ? ALL : alone(parts, new Or(List.copyOf(parts)));
    }

    private static Filter alone(Set<Filter> parts, Filter otherwise) {
        return parts.size() == 1 ? parts.iterator().next() : otherwise;
    }
}
