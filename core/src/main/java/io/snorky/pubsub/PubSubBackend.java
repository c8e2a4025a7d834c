package io.snorky.pubsub;

import io.snorky.NonBlocking;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcService;

import tools.jackson.databind.JsonNode;

/**
 * Publishes to the channels of a {@link PubSubService} for trusted servers, without asking it for
 * permission. Belongs into the registry of a back-end endpoint.
 *
 * <p>Threads: any.
 */
@NonBlocking
public final class PubSubBackend extends RpcService {

    private final PubSubService frontend;

    /**
     * @param name under which servers address it, usually {@code pubsub_backend}
     */
    public PubSubBackend(String name, PubSubService frontend) {
        super(name);
        this.frontend = frontend;
    }

    /** Sends a message to all who are subscribed to a channel. */
    @Command
    void publish(JsonNode channel, JsonNode message) {
        frontend.publish(channel, message);
    }
}
