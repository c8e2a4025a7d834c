package io.snorky.pubsub;

import io.snorky.Audience;
import io.snorky.Client;
import io.snorky.Figure;
import io.snorky.Lane;
import io.snorky.NonBlocking;
import io.snorky.Overflow;
import io.snorky.json.JsonWriter;
import io.snorky.json.ValueKey;
import io.snorky.log.Offset;
import io.snorky.rpc.Command;
import io.snorky.rpc.Default;
import io.snorky.rpc.RpcError;
import io.snorky.rpc.RpcService;
import io.snorky.rpc.Turn;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Messages by channel. A channel is any JSON value; it exists as long as somebody is subscribed.
 * Subscribers get {@code {"type": "message", "channel": …, "message": …}}, the publisher included
 * if it is subscribed.
 *
 * <p>A message that cannot be taken by a subscriber's connection is not kept for it, unless the
 * subscriber knows of offsets. What becomes of it is up to the {@link Overflow} that the service
 * was made with; its kind is the channel.
 *
 * <p>Channels that {@link PubSubOptions#channels} says so of keep history: clients may ask for the
 * newest messages, and for those since an offset. They are told the offset of each message then,
 * miss none and get none twice; if their connection is full they fall behind, and catch up from the
 * channel's log. Channels with presence tell who is subscribed, by identity: the one a client had
 * when it subscribed.
 *
 * <p>Threads: any. Each channel's audience guards itself; a channel appears and disappears inside
 * one step of the concurrent map. What a client is subscribed to is touched by its own commands
 * only, which run one at a time. Channels with history or presence are owned by one lane: what
 * concerns them is a task in it, and is replied to there. Hooks run before, as the command.
 */
@NonBlocking
public class PubSubService extends RpcService {

    /** Channels that one client may be subscribed to. */
    public static final int MAX_CHANNELS_PER_CLIENT = 1000;

    /** Characters of a channel's JSON text, about. */
    public static final int MAX_CHANNEL_LENGTH = 1024;

    private final PubSubOptions options;
    private final Map<ValueKey, Channel> channels = new ConcurrentHashMap<>();
    private final Map<Client, Holdings> subscriptions = new ConcurrentHashMap<>();
    private final Lane lane = new Lane();
    private final Figures figures = new Figures();
    private final Notifications notifications;
    private final KeptChannels kept;

    /**
     * One that hangs up on subscribers who read too slowly.
     *
     * @param name under which clients address it, usually {@code pubsub}
     */
    public PubSubService(String name) {
        this(name, PubSubOptions.DEFAULT);
    }

    /**
     * @param name under which clients address it, usually {@code pubsub}
     * @param overflow what becomes of a channel's messages that a subscriber cannot take in time;
     *     not {@link Overflow#LAG}
     */
    public PubSubService(String name, Overflow overflow) {
        this(name, PubSubOptions.DEFAULT.withOverflow(overflow));
    }

    /**
     * @param name under which clients address it, usually {@code pubsub}
     */
    public PubSubService(String name, PubSubOptions options) {
        this(name, options, System::nanoTime, new SecureRandom());
    }

    /**
     * @param nanoClock what {@link System#nanoTime} is to others
     * @param random names the epoch
     */
    PubSubService(
            String name, PubSubOptions options, LongSupplier nanoClock, RandomGenerator random) {
        super(name);
        this.options = options;
        notifications = new Notifications(name, Offset.newEpoch(random));
        kept = new KeptChannels(channels, options, notifications, lane, nanoClock, figures);
    }

    // --- Who may

    /**
     * Whether a client may publish to a channel: as the options say, unless the channel's settings
     * do. Override it to say something else. Runs on an event loop: do not wait.
     */
    protected boolean canPublish(Client client, JsonNode channel) {
        return options.canPublish().test(client, channel);
    }

    /** Whether a client may subscribe to a channel; as {@link #canPublish}. */
    protected boolean canSubscribe(Client client, JsonNode channel) {
        return options.canSubscribe().test(client, channel);
    }

    /** Whether a client may know who is subscribed to a channel; as {@link #canPublish}. */
    protected boolean canSeePresence(Client client, JsonNode channel) {
        return options.canSeePresence().test(client, channel);
    }

    private boolean mayPublish(Client client, JsonNode channel, ChannelSettings settings) {
        var ofChannel = settings.canPublish();
        return ofChannel == null ? canPublish(client, channel) : ofChannel.test(client, channel);
    }

    private boolean maySubscribe(Client client, JsonNode channel, ChannelSettings settings) {
        var ofChannel = settings.canSubscribe();
        return ofChannel == null ? canSubscribe(client, channel) : ofChannel.test(client, channel);
    }

    private boolean maySeePresence(Client client, JsonNode channel, ChannelSettings settings) {
        var ofChannel = settings.canSeePresence();
        return ofChannel == null
                ? canSeePresence(client, channel)
                : ofChannel.test(client, channel);
    }

    // --- Subscribing

    /**
     * Sends every message of a channel to the caller from now on.
     *
     * @param channel any JSON value
     * @param history how many of the newest messages the reply holds, zero or more
     * @param since an offset that the caller was told, after which the messages go on. If some of
     *     them are held no longer, the reply says {@code "resync": true}, and holds the newest
     * @param presence whether the caller is told who is subscribed, now and when that changes
     * @return null; with {@code history} or {@code since} {@code {"offset": "…", "messages":
     *     [{"message": …, "offset": "…"}, …]}}, where {@code "until": "…"} says up to where more of
     *     the past follows as notifications; with {@code presence} also {@code "members":
     *     [identity, …]}
     * @throws RpcError {@code Already subscribed}; {@code Not authorized} if {@link #canSubscribe}
     *     or {@link #canSeePresence} says so; or if the channel's name is too long, it does not
     *     have what is asked for, the caller has too many, or it came over HTTP and cannot be sent
     *     anything
     */
    @Command
    protected final @Nullable Object subscribe(
            Client caller,
            JsonNode channel,
            @Nullable Integer history,
            @Nullable String since,
            @Default("false") boolean presence) {
        ValueKey key = ValueKey.of(channel);
        Wish wish = Wish.read(history, since, presence);
        ChannelSettings settings = settingsOf(key, channel);
        RpcError refusal = refusal(caller, key, channel, settings, wish);
        var request = new Request(key, channel, settings, wish, refusal);
        if (!caller.isConnected()) {
            request.check(false);
        }
        Holdings own = subscriptions.computeIfAbsent(caller, Holdings::new);
        if (settings.isKept()) {
            JsonNode identity = caller.identity();
            return new Turn(lane, () -> kept.subscribe(own, identity, request));
        }
        request.check(own.plain.containsKey(key));
        own.add();
        figures.subscribed(1);
        channels.compute(
                key,
                (name, before) -> {
                    Channel now =
                            before == null ? new Channel(settings, options.overflow()) : before;
                    own.plain.put(key, now.audience.join(caller));
                    return now;
                });
        return null;
    }

    private ChannelSettings settingsOf(ValueKey key, JsonNode channel) {
        if (options.channels().isEmpty()) {
            return ChannelSettings.DEFAULT;
        }
        Channel there = channels.get(key);
        return there == null ? options.settingsOf(channel) : there.settings;
    }

    private @Nullable RpcError refusal(
            Client caller, ValueKey key, JsonNode channel, ChannelSettings settings, Wish wish) {
        if (!maySubscribe(caller, channel, settings)) {
            return new RpcError("Not authorized");
        }
        if (!caller.isConnected()) {
            return new RpcError("connection", "a single request", "one that stays, as WebSocket");
        }
        if (key.canonical().length() > MAX_CHANNEL_LENGTH) {
            return new RpcError(
                    "channel", key.canonical(), "at most " + MAX_CHANNEL_LENGTH + " characters");
        }
        if (wish.offsets() && settings.history() == null) {
            return noHistory(channel);
        }
        return wish.presence() ? presenceRefusal(caller, channel, settings) : null;
    }

    private @Nullable RpcError presenceRefusal(
            Client caller, JsonNode channel, ChannelSettings settings) {
        if (!settings.presence()) {
            return noPresence(channel);
        }
        return maySeePresence(caller, channel, settings) ? null : new RpcError("Not authorized");
    }

    private static RpcError noHistory(JsonNode channel) {
        return new RpcError("channel", shown(channel), "one that keeps history");
    }

    private static RpcError noPresence(JsonNode channel) {
        return new RpcError("channel", shown(channel), "one that tells presence");
    }

    private static String shown(JsonNode channel) {
        return channel.isString()
                ? channel.stringValue()
                : new String(new JsonWriter().value(channel).toBytes(), StandardCharsets.UTF_8);
    }

    /**
     * Stops sending a channel's messages to the caller.
     *
     * @throws RpcError {@code Not subscribed}
     */
    @Command
    protected final @Nullable Object unsubscribe(Client caller, JsonNode channel) {
        ValueKey key = ValueKey.of(channel);
        Holdings own = subscriptions.get(caller);
        if (own != null && settingsOf(key, channel).isKept()) {
            return new Turn(
                    lane,
                    () -> {
                        kept.unsubscribe(own, key);
                        return null;
                    });
        }
        Audience.Membership membership = own == null ? null : own.plain.remove(key);
        if (own == null || membership == null) {
            throw new RpcError("Not subscribed");
        }
        own.remove();
        leave(key, membership);
        return null;
    }

    @Override
    protected final void clientDisconnected(Client client) {
        Holdings own = subscriptions.remove(client);
        if (own != null) {
            own.plain.forEach(this::leave);
            if (!options.channels().isEmpty()) {
                lane.execute(() -> kept.release(own));
            }
        }
    }

    private void leave(ValueKey key, Audience.Membership membership) {
        figures.subscribed(-1);
        channels.computeIfPresent(
                key,
                (name, channel) -> {
                    membership.leave();
                    return channel.audience.size() == 0 ? null : channel;
                });
    }

    // --- Publishing

    /**
     * Sends a message to all who are subscribed to a channel.
     *
     * @throws RpcError {@code Not authorized} if {@link #canPublish} says so
     */
    @Command("publish")
    protected final @Nullable Object publishFor(Client caller, JsonNode channel, JsonNode message) {
        ValueKey key = ValueKey.of(channel);
        Channel there = channels.get(key);
        ChannelSettings settings = there == null ? options.settingsOf(channel) : there.settings;
        if (!mayPublish(caller, channel, settings)) {
            throw new RpcError("Not authorized");
        }
        if (settings.history() == null) {
            publishTo(there, channel, message);
            return null;
        }
        Published published = notifications.published(channel, message);
        return new Turn(
                lane,
                () -> {
                    kept.publish(key, channel, settings, published);
                    return null;
                });
    }

    /**
     * Sends a message to all who are subscribed to a channel, whatever {@link #canPublish} says.
     * Messages that one thread publishes to one channel arrive in that order.
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
        ValueKey key = ValueKey.of(channel);
        Channel there = channels.get(key);
        ChannelSettings settings = there == null ? options.settingsOf(channel) : there.settings;
        if (settings.history() == null) {
            publishTo(there, channel, message);
            return;
        }
        Published published = notifications.published(channel, message);
        lane.execute(() -> kept.publish(key, channel, settings, published));
    }

    private void publishTo(@Nullable Channel there, JsonNode channel, @Nullable Object message) {
        if (there != null) {
            var notification = notifications.published(channel, message).message();
            there.audience.send(notification.with(there.overflow, there));
        }
    }

    // --- Looking

    /**
     * Tells who is subscribed to a channel.
     *
     * @return {@code {"members": [identity, …]}}
     * @throws RpcError {@code Not authorized} if {@link #canSeePresence} says so; or if it has no
     *     presence
     */
    @Command("presence")
    protected final Turn presenceFor(Client caller, JsonNode channel) {
        ValueKey key = ValueKey.of(channel);
        RpcError refusal = presenceRefusal(caller, channel, settingsOf(key, channel));
        if (refusal != null) {
            throw refusal;
        }
        return new Turn(lane, () -> kept.presence(key));
    }

    /** Tells who is subscribed to a channel, whatever {@link #canSeePresence} says. */
    Turn presence(JsonNode channel) {
        ValueKey key = ValueKey.of(channel);
        if (!settingsOf(key, channel).presence()) {
            throw noPresence(channel);
        }
        return new Turn(lane, () -> kept.presence(key));
    }

    /** The newest messages of a channel, oldest first. */
    Turn history(JsonNode channel, int limit) {
        ValueKey key = ValueKey.of(channel);
        if (limit < 0) {
            throw new RpcError("limit", limit, "zero or more");
        }
        if (settingsOf(key, channel).history() == null) {
            throw noHistory(channel);
        }
        return new Turn(lane, () -> kept.history(key, limit));
    }

    /** Clients that something is held of. */
    int holdings() {
        return subscriptions.size();
    }

    @Override
    public List<Figure> figures() {
        return figures.all(channels::size, kept.histories());
    }
}
