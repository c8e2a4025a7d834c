package io.snorky.examples.conformance;

import io.snorky.Client;
import io.snorky.pubsub.PubSubService;

import tools.jackson.databind.JsonNode;

/** PubSub whose channels starting with {@code readonly} only back ends publish to. */
final class RestrictedPubSub extends PubSubService {

    RestrictedPubSub(String name) {
        super(name);
    }

    @Override
    protected boolean canPublish(Client client, JsonNode channel) {
        return !(channel.isString() && channel.stringValue().startsWith("readonly"));
    }
}
