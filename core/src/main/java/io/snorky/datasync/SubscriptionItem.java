package io.snorky.datasync;

import io.snorky.rpc.RpcError;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/**
 * One of the things a subscription is for: {@code {"dealer": "PlayersByColor", "query": "red"}}.
 *
 * @param dealer a dealer's name
 * @param query any JSON value that the dealer understands
 * @param tag comes back with each of the item's deltas, so that a page can tell several views of a
 *     model apart: 1 to {@value #MAX_TAG_LENGTH} characters; null for none
 */
public record SubscriptionItem(String dealer, JsonNode query, @Nullable String tag) {

    /** The longest tag. */
    public static final int MAX_TAG_LENGTH = 100;

    /**
     * @throws RpcError if the tag is empty or too long
     */
    public SubscriptionItem {
        if (tag != null && (tag.isEmpty() || tag.length() > MAX_TAG_LENGTH)) {
            throw badTag("\"" + tag + "\"");
        }
    }

    /** One without a tag. */
    public SubscriptionItem(String dealer, JsonNode query) {
        this(dealer, query, null);
    }

    private static RpcError badTag(Object tag) {
        return new RpcError("tag", tag, "a string of 1 to " + MAX_TAG_LENGTH + " characters");
    }

    /** The dealer's name, of an item on the wire. */
    static String dealer(JsonNode item) {
        JsonNode dealer = member(item, "dealer");
        if (!dealer.isString()) {
            throw new RpcError("dealer should be a dealer name");
        }
        return dealer.stringValue();
    }

    /**
     * Reads an item; unknown members are dropped.
     *
     * @throws RpcError if it is none, in the words of the protocol
     */
    static SubscriptionItem read(JsonNode item) {
        String dealer = dealer(item);
        JsonNode query = member(item, "query");
        JsonNode tag = item.get("tag");
        if (tag == null) {
            return new SubscriptionItem(dealer, query);
        }
        if (!tag.isString()) {
            throw badTag(tag);
        }
        return new SubscriptionItem(dealer, query, tag.stringValue());
    }

    private static JsonNode member(JsonNode object, String name) {
        JsonNode member = object.get(name);
        if (member == null) {
            throw new RpcError("Missing field '" + name + "'");
        }
        return member;
    }
}
