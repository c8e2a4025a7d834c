package io.snorky.datasync;

import io.snorky.rpc.RpcError;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One of the things a subscription is for: {@code {"dealer": "PlayersByColor", "query": "red"}}.
 *
 * @param dealer a dealer's name
 * @param query any JSON value that the dealer understands
 */
public record SubscriptionItem(String dealer, JsonNode query) {

    /**
     * Reads a list of items; unknown members are dropped.
     *
     * @param requireDealer throws if no dealer has that name; the protocol wants this to be noticed
     *     before a missing query
     * @throws RpcError if any is not an item, in the words of the protocol
     */
    static List<SubscriptionItem> read(JsonNode items, Consumer<String> requireDealer) {
        List<SubscriptionItem> read = new ArrayList<>();
        for (JsonNode element : DeltaJson.objects(items)) {
            JsonNode dealer = member(element, "dealer");
            if (!dealer.isString()) {
                throw new RpcError("dealer should be a dealer name");
            }
            requireDealer.accept(dealer.stringValue());
            read.add(new SubscriptionItem(dealer.stringValue(), member(element, "query")));
        }
        return read;
    }

    private static JsonNode member(JsonNode object, String name) {
        JsonNode member = object.get(name);
        if (member == null) {
            throw new RpcError("Missing field '" + name + "'");
        }
        return member;
    }
}
