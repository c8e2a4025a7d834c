package io.snorky.datasync.filter;

import io.snorky.rpc.RpcError;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads queries as filters.
 *
 * <p>Threads: any.
 */
public final class FilterReader {

    /** Filters share the names of fields, up to this many. */
    private static final int MAX_KNOWN_FIELDS = 1_000;

    private final Map<String, Field> knownFields = new ConcurrentHashMap<>();
    private final int maxNesting;
    private final int maxParts;

    /**
     * @param maxNesting levels of filters inside each other, and of names in a field, at most
     * @param maxParts filters inside the filter, itself among them, at most
     */
    public FilterReader(int maxNesting, int maxParts) {
        this.maxNesting = maxNesting;
        this.maxParts = maxParts;
    }

    /**
     * @throws RpcError {@code Bad query} if it is no filter; or if it is beyond a bound
     */
    public Filter read(JsonNode query) {
        return new Reading().read(query, 1, true);
    }

    private Field field(String dotted) {
        Field known = knownFields.get(dotted);
        if (known != null) {
            return known;
        }
        Field field = Field.of(dotted);
        if (field.length() > maxNesting) {
            throw new RpcError("query field levels", field.length(), "at most " + maxNesting);
        }
        if (knownFields.size() < MAX_KNOWN_FIELDS) {
            knownFields.put(dotted, field);
        }
        return field;
    }

    /** One query being read. */
    private final class Reading {

        private int parts;

        /**
         * @param as what the query is to be: what it says, or the contrary
         */
        Filter read(JsonNode query, int level, boolean as) {
            if (!query.isArray() || !query.path(0).isString()) {
                throw badQuery();
            }
            if (level > maxNesting) {
                throw new RpcError("query levels", level, "at most " + maxNesting);
            }
            if (++parts > maxParts) {
                throw new RpcError("query parts", parts, "at most " + maxParts);
            }
            return switch (query.get(0).stringValue()) {
                case "==" -> equal(query, as);
                case "<" -> inOrder(query, Order.LESS, as);
                case "<=" -> inOrder(query, Order.LESS_OR_EQUAL, as);
                case ">" -> inOrder(query, Order.GREATER, as);
                case ">=" -> inOrder(query, Order.GREATER_OR_EQUAL, as);
                case "not" -> not(query, level, as);
                case "and" -> combined(readAll(query, level, as), as);
                case "or" -> combined(readAll(query, level, as), !as);
                default -> throw badQuery();
            };
        }

        private Filter equal(JsonNode query, boolean as) {
            return comparison(new Filter.Equal(field(query), value(query)), as);
        }

        private Filter inOrder(JsonNode query, Order order, boolean as) {
            Field field = field(query);
            if (value(query) instanceof Value.Ordered bound) {
                return comparison(new Filter.InOrder(field, order, bound), as);
            }
            return as ? Filter.NONE : Filter.ALL;
        }

        private Field field(JsonNode query) {
            if (query.size() != 3 || !query.get(1).isString()) {
                throw badQuery();
            }
            return FilterReader.this.field(query.get(1).stringValue());
        }

        private Filter not(JsonNode query, int level, boolean as) {
            if (query.size() != 2) {
                throw badQuery();
            }
            return read(query.get(1), level + 1, !as);
        }

        private List<Filter> readAll(JsonNode query, int level, boolean as) {
            List<Filter> filters = new ArrayList<>();
            for (int i = 1; i < query.size(); i++) {
                filters.add(read(query.get(i), level + 1, as));
            }
            return filters;
        }
    }

    private static Filter comparison(Filter.Comparison comparison, boolean as) {
        return as ? comparison : new Filter.Not(comparison);
    }

    private static Value value(JsonNode query) {
        Value value = Value.of(query.get(2));
        if (value == null) {
            throw badQuery();
        }
        return value;
    }

    private static Filter combined(List<Filter> filters, boolean all) {
        return all ? Filter.and(filters) : Filter.or(filters);
    }

    private static RpcError badQuery() {
        return new RpcError("Bad query");
    }
}
