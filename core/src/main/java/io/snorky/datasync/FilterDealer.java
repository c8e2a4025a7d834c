package io.snorky.datasync;

import io.snorky.datasync.filter.Filter;
import io.snorky.datasync.filter.FilterIndex;
import io.snorky.datasync.filter.FilterReader;

import tools.jackson.databind.JsonNode;

import java.util.function.Consumer;

/**
 * Deals the changes of rows by filters: a subscription sees the rows for which its query is true,
 * such as {@code ["and", ["==", "color", "red"], [">=", "score", 100]]}.
 *
 * <table>
 * <caption>Filters</caption>
 * <tr><td>{@code ["==", field, value]}</td><td>the row has the field and it is that value: numbers
 * by their exact value, lists and objects by content</td></tr>
 * <tr><td>{@code ["<", field, value]}, {@code "<="}, {@code ">"}, {@code ">="}</td><td>both are
 * numbers, or both are strings, which are in the order of their code points</td></tr>
 * <tr><td>{@code ["not", filter]}</td><td>the filter is false, as it is where the field is
 * missing</td></tr>
 * <tr><td>{@code ["and", filter, …]}</td><td>all are true, or there are none</td></tr>
 * <tr><td>{@code ["or", filter, …]}</td><td>any is true</td></tr>
 * </table>
 *
 * <p>A field is a name; dots lead into objects inside the row: {@code "player.color"}. Any other
 * query is refused with {@code Bad query}.
 *
 * <p>Threads: as {@link Dealer} says.
 */
public final class FilterDealer implements Dealer {

    /** How deeply filters may be nested, unless set otherwise. */
    public static final int DEFAULT_MAX_NESTING = 500;

    /** How many filters a query may consist of, unless set otherwise. */
    public static final int DEFAULT_MAX_PARTS = 5_000;

    private final String name;
    private final String model;
    private final FilterReader reader;
    private final FilterIndex<View> views = new FilterIndex<>();

    /**
     * A dealer with default bounds.
     *
     * @param name the name that subscriptions give it
     * @param model the model whose rows it deals out
     */
    public FilterDealer(String name, String model) {
        this(name, model, DEFAULT_MAX_NESTING, DEFAULT_MAX_PARTS);
    }

    /**
     * @param name the name that subscriptions give it
     * @param model the model whose rows it deals out
     * @param maxNesting levels of filters inside each other, and of names in a field, at most; 500
     *     if unset
     * @param maxParts filters that a query consists of, each comparison and each {@code not},
     *     {@code and} and {@code or}, at most; 5,000 if unset
     */
    public FilterDealer(String name, String model, int maxNesting, int maxParts) {
        this.name = name;
        this.model = model;
        reader = new FilterReader(maxNesting, maxParts);
    }

    /** A filter that knows its hash. */
    private record FilterView(Filter filter, int hash) implements View {

        @Override
        public boolean sees(JsonNode row) {
            return filter.sees(row);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof FilterView view
                    && hash == view.hash
                    && filter.equals(view.filter);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String model() {
        return model;
    }

    /**
     * @throws io.snorky.rpc.RpcError {@code Bad query} if it is no filter; or if it is too deep or
     *     consists of too many
     */
    @Override
    public View view(JsonNode query) {
        Filter filter = reader.read(query);
        return new FilterView(filter, filter.hashCode());
    }

    @Override
    public void add(View view) {
        if (view instanceof FilterView filtered) {
            views.add(view, filtered.filter());
        }
    }

    @Override
    public void remove(View view) {
        views.remove(view);
    }

    @Override
    public void viewsOf(JsonNode row, Consumer<View> found) {
        views.find(row, found);
    }
}
