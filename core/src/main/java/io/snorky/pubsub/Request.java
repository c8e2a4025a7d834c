package io.snorky.pubsub;

import io.snorky.json.ValueKey;
import io.snorky.rpc.RpcError;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/**
 * A client wants to subscribe.
 *
 * @param channel as it was written
 * @param refusal why it may not, unless it is subscribed already; null if it may
 */
record Request(
        ValueKey key,
        JsonNode channel,
        ChannelSettings settings,
        Wish wish,
        @Nullable RpcError refusal) {

    /**
     * @throws RpcError if it may not, or is subscribed
     */
    void check(boolean isSubscribed) {
        if (isSubscribed) {
            throw new RpcError("Already subscribed");
        }
        if (refusal != null) {
            throw refusal;
        }
    }
}
