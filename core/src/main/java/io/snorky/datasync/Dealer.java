package io.snorky.datasync;

import tools.jackson.databind.JsonNode;

import java.util.function.Consumer;

/**
 * Decides which subscriptions a change of a row is for: it turns queries into {@link View views}
 * and finds the views that see a row.
 *
 * <p>Threads: {@link #name}, {@link #model} and {@link #view} may be called from any thread. The
 * other methods are called one at a time, by the DataSync service the dealer belongs to; they must
 * not wait.
 */
public interface Dealer {

    /** The name that subscriptions give it; unique in its service. The class's, by default. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** The model whose rows it deals out. */
    String model();

    /**
     * What a query sees.
     *
     * @param query as a subscription gave it
     * @throws io.snorky.rpc.RpcError if the query is none for this dealer; its text goes to the
     *     back end that asked
     */
    View view(JsonNode query);

    /** From now on {@link #viewsOf} finds this view, which it does not find yet. */
    void add(View view);

    /** From now on {@link #viewsOf} finds this view no longer. */
    void remove(View view);

    /**
     * Finds the views that see a row, among those added; each once, in any order.
     *
     * @param row any JSON value
     * @param found is given each
     */
    void viewsOf(JsonNode row, Consumer<View> found);
}
