package io.snorky.pubsub;

import io.snorky.NonBlocking;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcError;
import io.snorky.rpc.RpcService;
import io.snorky.rpc.Turn;

import tools.jackson.databind.JsonNode;

/**
 * Publishes to the channels of a {@link PubSubService} for trusted servers, and tells them what is
 * there, without asking it for permission. Belongs into the registry of a back-end endpoint.
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

    /**
     * The newest messages of a channel that keeps history, oldest first.
     *
     * @param limit how many, at most; zero or more
     * @return {@code {"offset": "…", "messages": [{"message": …, "offset": "…"}, …]}}
     * @throws RpcError if the channel keeps no history
     */
    @Command
    Turn history(JsonNode channel, int limit) {
        return frontend.history(channel, limit);
    }

    /**
     * Who is subscribed to a channel with presence.
     *
     * @return {@code {"members": [identity, …]}}
     * @throws RpcError if the channel has no presence
     */
    @Command
    Turn presence(JsonNode channel) {
        return frontend.presence(channel);
    }
}
