package io.snorky.datasync;

import io.snorky.datasync.filter.Field;
import io.snorky.datasync.filter.Value;
import io.snorky.rpc.RpcError;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Deals the changes of rows by a key: a subscription sees the rows whose key is its query. {@code
 * new SimpleDealer("PlayersByColor", "Player", "color")} deals red players to those who gave the
 * query {@code "red"}.
 *
 * <p>Keys and queries may be any JSON values and are compared by value: numbers exactly ({@code 41}
 * is {@code 41.0}), objects whatever the order of their members; null is a value like others.
 *
 * <p>Threads: as {@link Dealer} says.
 */
public final class SimpleDealer implements Dealer {

    private static final Logger LOG = System.getLogger(SimpleDealer.class.getName());

    private final String name;
    private final String model;
    private final Function<JsonNode, @Nullable JsonNode> key;
    private final Map<Value, View> views = new HashMap<>();

    /**
     * A dealer whose key is a member of the row.
     *
     * @param name the name that subscriptions give it
     * @param model the model whose rows it deals out
     * @param field the member's name; dots lead into objects inside the row: {@code "player.color"}
     */
    public SimpleDealer(String name, String model, String field) {
        this(name, model, Field.of(field)::in);
    }

    /**
     * A dealer whose key is found by a function.
     *
     * @param name the name that subscriptions give it
     * @param model the model whose rows it deals out
     * @param key gives the key of a row, which may be any JSON value. Where it gives null or
     *     throws, nobody sees the row. It may be called by several threads at a time and must not
     *     wait
     */
    public SimpleDealer(String name, String model, Function<JsonNode, @Nullable JsonNode> key) {
        this.name = name;
        this.model = model;
        this.key = key;
    }

    private record KeyView(SimpleDealer dealer, Value key) implements View {

        @Override
        public boolean sees(JsonNode row) {
            return key.equals(dealer.keyOf(row));
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

    @Override
    public View view(JsonNode query) {
        Value value = Value.of(query);
        if (value == null) {
            throw new RpcError("Bad query");
        }
        return new KeyView(this, value);
    }

    @Override
    public void add(View view) {
        if (view instanceof KeyView(var dealer, Value value)) {
            views.put(value, view);
        }
    }

    @Override
    public void remove(View view) {
        if (view instanceof KeyView(var dealer, Value value)) {
            views.remove(value);
        }
    }

    @Override
    public void viewsOf(JsonNode row, Consumer<View> found) {
        Value value = views.isEmpty() ? null : keyOf(row);
        View view = value == null ? null : views.get(value);
        if (view != null) {
            found.accept(view);
        }
    }

    private @Nullable Value keyOf(JsonNode row) {
        try {
            JsonNode node = key.apply(row);
            return node == null ? null : Value.of(node);
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, () -> "Dealer " + name + " has no key for a row", e);
            return null;
        }
    }
}
