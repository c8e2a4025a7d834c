package io.snorky.datasync;

import tools.jackson.databind.JsonNode;

/**
 * The rows that a query sees. Equal views see the same rows: subscriptions that share one are dealt
 * to together.
 *
 * <p>Threads: any, several at a time.
 */
@FunctionalInterface
public interface View {

    /** Whether it sees that row. */
    boolean sees(JsonNode row);
}
