package io.snorky.pubsub;

import io.snorky.log.Offset;
import io.snorky.rpc.RpcError;

import org.jspecify.annotations.Nullable;

/**
 * What a client wants beside the messages that come.
 *
 * @param history how many of the newest messages; null for none
 * @param since after which to go on; null if it does not
 * @param presence whether it wants to be told who is there
 */
record Wish(@Nullable Integer history, @Nullable Offset since, boolean presence) {

    /**
     * Reads the parameters of a call.
     *
     * @throws RpcError if they are wrong
     */
    static Wish read(@Nullable Integer history, @Nullable String since, boolean presence) {
        if (history != null && history < 0) {
            throw new RpcError("history", history, "zero or more");
        }
        return new Wish(history, since == null ? null : offset(since), presence);
    }

    private static Offset offset(String text) {
        return Offset.parse(text)
                .orElseThrow(() -> new RpcError("since", text, "an offset that came from here"));
    }

    /** Whether it wants to be told offsets. */
    boolean offsets() {
        return history != null || since != null;
    }

    /** Whether it wants nothing beside the messages that come. */
    boolean isPlain() {
        return !offsets() && !presence;
    }
}
