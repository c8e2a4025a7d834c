package io.snorky.pubsub;

import io.snorky.Audience;
import io.snorky.Client;
import io.snorky.Message;
import io.snorky.NonBlocking;
import io.snorky.Overflow;
import io.snorky.json.JsonWriter;
import io.snorky.json.ValueKey;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcError;
import io.snorky.rpc.RpcService;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Messages by channel. A channel is any JSON value; it exists as long as somebody is subscribed.
 * Subscribers get {@code {"type": "message", "channel": …, "message": …}}, the publisher included
 * if it is subscribed.
 *
 * <p>A message that cannot be taken by a subscriber's connection is not kept for it: there is no
 * log behind a channel. What becomes of it is up to the {@link Overflow} that the service was made
 * with; its kind is the channel.
 *
 * <p>Threads: any. Each channel's audience guards itself; a channel appears and disappears inside
 * one step of the concurrent map. What a client is subscribed to is touched by its own commands
 * only, which run one at a time.
 */
@NonBlocking
public class PubSubService extends RpcService {

    /** Channels that one client may be subscribed to. */
    public static final int MAX_CHANNELS_PER_CLIENT = 1000;

    /** Characters of a channel's JSON text, about. */
    public static final int MAX_CHANNEL_LENGTH = 1024;

    /** Equal to itself only: it is the kind of its messages. */
    private static final class Channel {
        final Audience audience = new Audience();
    }

    private final Map<ValueKey, Channel> channels = new ConcurrentHashMap<>();
    private final Map<Client, Map<ValueKey, Audience.Membership>> subscriptions =
            new ConcurrentHashMap<>();
    private final Overflow overflow;

    /**
     * One that hangs up on subscribers who read too slowly.
     *
     * @param name under which clients address it, usually {@code pubsub}
     */
    public PubSubService(String name) {
        this(name, Overflow.CLOSE);
    }

    /**
     * @param name under which clients address it, usually {@code pubsub}
     * @param overflow what becomes of a channel's messages that a subscriber cannot take in time;
     *     not {@link Overflow#LAG}
     */
    public PubSubService(String name, Overflow overflow) {
        super(name);
        if (overflow == Overflow.LAG) {
            throw new IllegalArgumentException(
                    "overflow: LAG (expected: another, for there is no log behind a channel)");
        }
        this.overflow = overflow;
    }

    /**
     * Whether a client may publish to a channel. Override it to say no. Runs on an event loop: do
     * not wait.
     */
    protected boolean canPublish(Client client, JsonNode channel) {
        return true;
    }

    /**
     * Sends every message of a channel to the caller from now on.
     *
     * @param channel any JSON value
     * @throws RpcError {@code Already subscribed}; or if the channel's name is too long, the caller
     *     has too many, or it came over HTTP and cannot be sent anything
     */
    @Command
    protected final void subscribe(Client caller, JsonNode channel) {
        ValueKey key = ValueKey.of(channel);
        var own = subscriptions.computeIfAbsent(caller, client -> new HashMap<>());
        if (own.containsKey(key)) {
            throw new RpcError("Already subscribed");
        }
        check(caller, key, own.size());
        channels.compute(
                key,
                (name, before) -> {
                    Channel now = before == null ? new Channel() : before;
                    own.put(key, now.audience.join(caller));
                    return now;
                });
    }

    private static void check(Client caller, ValueKey key, int count) {
        if (!caller.isConnected()) {
            throw new RpcError("connection", "a single request", "one that stays, as WebSocket");
        }
        if (key.canonical().length() > MAX_CHANNEL_LENGTH) {
            throw new RpcError(
                    "channel", key.canonical(), "at most " + MAX_CHANNEL_LENGTH + " characters");
        }
        if (count >= MAX_CHANNELS_PER_CLIENT) {
            throw new RpcError("channels", count, "at most " + MAX_CHANNELS_PER_CLIENT);
        }
    }

    /**
     * Stops sending a channel's messages to the caller.
     *
     * @throws RpcError {@code Not subscribed}
     */
    @Command
    protected final void unsubscribe(Client caller, JsonNode channel) {
        ValueKey key = ValueKey.of(channel);
        var own = subscriptions.get(caller);
        Audience.Membership membership = own == null ? null : own.remove(key);
        if (membership == null) {
            throw new RpcError("Not subscribed");
        }
        leave(key, membership);
    }

    /**
     * Sends a message to all who are subscribed to a channel.
     *
     * @throws RpcError {@code Not authorized} if {@link #canPublish} says so
     */
    @Command("publish")
    protected final void publishFor(Client caller, JsonNode channel, JsonNode message) {
        if (!canPublish(caller, channel)) {
            throw new RpcError("Not authorized");
        }
        publish(channel, message);
    }

    /**
     * Sends a message to all who are subscribed to a channel, whatever {@link #canPublish} says.
     * Messages that one thread publishes arrive in that order.
     *
     * @param channel any JSON value
     * @param message any JSON value
     */
    public final void publish(JsonNode channel, JsonNode message) {
        publishValue(channel, message);
    }

    /**
     * As {@link #publish(JsonNode, JsonNode)}, to a channel that is a string.
     *
     * @param message null, a string, number or boolean, or what Jackson can turn into JSON
     */
    public final void publish(String channel, @Nullable Object message) {
        publishValue(JsonNodeFactory.instance.stringNode(channel), message);
    }

    private void publishValue(JsonNode channel, @Nullable Object message) {
        Channel subscribed = channels.get(ValueKey.of(channel));
        if (subscribed != null) {
            Message notification = notification(channel, message);
            subscribed.audience.send(notification.with(overflow, subscribed));
        }
    }

    private Message notification(JsonNode channel, @Nullable Object message) {
        return Message.ofJson(
                new JsonWriter()
                        .raw("{\"service\":")
                        .string(name())
                        .raw(",\"message\":{\"type\":\"message\",\"channel\":")
                        .value(channel)
                        .raw(",\"message\":")
                        .value(message)
                        .raw("}}")
                        .toBytes());
    }

    @Override
    protected final void clientDisconnected(Client client) {
        var own = subscriptions.remove(client);
        if (own != null) {
            own.forEach(this::leave);
        }
    }

    private void leave(ValueKey key, Audience.Membership membership) {
        channels.computeIfPresent(
                key,
                (name, channel) -> {
                    membership.leave();
                    return channel.audience.size() == 0 ? null : channel;
                });
    }
}
