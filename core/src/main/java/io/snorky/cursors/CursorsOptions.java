package io.snorky.cursors;

import io.snorky.Client;

import tools.jackson.databind.JsonNode;

import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * How a Cursors service is set up. Its functions run on event loops and do not wait.
 *
 * @param isAuthenticated whether a client's identity will do to join anything
 * @param canJoin whether a client may join a document
 * @param maxCursors how many cursors a client may have, over all documents
 * @param limits what else is bounded
 */
public record CursorsOptions(
        Predicate<? super Client> isAuthenticated,
        BiPredicate<? super Client, ? super JsonNode> canJoin,
        ToIntFunction<? super Client> maxCursors,
        CursorsLimits limits) {

    /**
     * Whoever has an identity may join every document and have 16 cursors; {@link
     * CursorsLimits#DEFAULT}.
     */
    public static final CursorsOptions DEFAULT =
            new CursorsOptions(
                    client -> !client.identity().isNull(),
                    (client, document) -> true,
                    client -> 16,
                    CursorsLimits.DEFAULT);

    /** The same with another {@link #isAuthenticated}. */
    public CursorsOptions withAuthenticated(Predicate<? super Client> newIsAuthenticated) {
        return new CursorsOptions(newIsAuthenticated, canJoin, maxCursors, limits);
    }

    /** The same with another {@link #canJoin}. */
    public CursorsOptions withCanJoin(BiPredicate<? super Client, ? super JsonNode> newCanJoin) {
        return new CursorsOptions(isAuthenticated, newCanJoin, maxCursors, limits);
    }

    /** The same with another {@link #maxCursors}. */
    public CursorsOptions withMaxCursors(ToIntFunction<? super Client> newMaxCursors) {
        return new CursorsOptions(isAuthenticated, canJoin, newMaxCursors, limits);
    }

    /** The same with other {@link #limits}. */
    public CursorsOptions withLimits(CursorsLimits newLimits) {
        return new CursorsOptions(isAuthenticated, canJoin, maxCursors, newLimits);
    }
}
