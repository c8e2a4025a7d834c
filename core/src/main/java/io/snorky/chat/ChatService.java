package io.snorky.chat;

import io.snorky.Client;
import io.snorky.Lane;
import io.snorky.NonBlocking;
import io.snorky.Overflow;
import io.snorky.json.ValueKey;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcError;
import io.snorky.rpc.RpcService;
import io.snorky.rpc.Turn;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashMap;
import java.util.Map;

/**
 * Channels to talk in, and who is there. A channel is any JSON value; it exists as long as somebody
 * has joined it. Messages go to every client in it: {@code {"type": "message", "from": …,
 * "channel": …, "body": …, "timestamp": …}}. Presence is told by identity: {@code {"type":
 * "presence", "from": …, "channel": …, "status": "joined" | "left", "timestamp": …}} when its first
 * client joins and its last one leaves or goes. {@code {"type": "read", "channel": …, "timestamp":
 * …}} tells the other clients of an identity what it has read.
 *
 * <p>The identity that counts is the one a client had when it joined, for as long as it stays.
 *
 * <p>In a channel with more than a hundred clients presence is told at intervals, of 0.1 ms for
 * each client, and who comes and goes within one is not told of. Messages come after the presence
 * that was before them.
 *
 * <p>To a client that lags, the latest presence of each identity in a channel is told, not the ones
 * before it; so what waits for it is bounded by the number of identities, however often they come
 * and go. A client that misses messages is hung up on.
 *
 * <p>Threads: any. All state is owned by one lane: each command is a task in it, and is replied to
 * there, so that who comes or goes later is told after it. The hooks run before, as the command.
 */
@NonBlocking
public class ChatService extends RpcService {

    private final ChatOptions options;
    private final Lane lane = new Lane();
    private final Map<ValueKey, Room> rooms = new HashMap<>();
    private final Map<Client, Map<ValueKey, Room.Seat>> seats = new HashMap<>();

    /**
     * One with {@link ChatOptions#DEFAULT}.
     *
     * @param name under which clients address it, usually {@code chat}
     */
    public ChatService(String name) {
        this(name, ChatOptions.DEFAULT);
    }

    /**
     * @param name under which clients address it, usually {@code chat}
     */
    public ChatService(String name, ChatOptions options) {
        super(name);
        this.options = options;
    }

    /**
     * Whether a client's identity will do to join anything: as the options say. Override it to say
     * something else. Runs on an event loop: do not wait.
     */
    protected boolean isAuthenticated(Client client) {
        return options.isAuthenticated().test(client);
    }

    /**
     * Whether a client may join a channel: as the options say. Override it to say something else.
     * Runs on an event loop: do not wait.
     */
    protected boolean canJoin(Client client, JsonNode channel) {
        return options.canJoin().test(client, channel);
    }

    /**
     * Whether a client may send to a channel that it has joined: as the options say. Override it to
     * say something else. Runs on an event loop: do not wait.
     */
    protected boolean canSend(Client client, JsonNode channel) {
        return options.canSend().test(client, channel);
    }

    /**
     * Lets the caller into a channel.
     *
     * @param channel any JSON value
     * @return {@code {"members": [identity, …]}}, the caller's included
     * @throws RpcError {@code Not authenticated}; {@code Already joined}; {@code Not authorized} if
     *     {@link #canJoin} says so; or if the channel's name is too long, the caller has joined too
     *     many, or it came over HTTP and cannot be sent anything
     */
    @Command
    protected final Turn join(Client caller, JsonNode channel) {
        JsonNode identity = caller.identity();
        if (!isAuthenticated(caller)) {
            throw new RpcError("Not authenticated");
        }
        boolean isAllowed = canJoin(caller, channel);
        return new Turn(lane, () -> enter(caller, identity, channel, isAllowed));
    }

    private JsonNode enter(Client caller, JsonNode identity, JsonNode channel, boolean isAllowed) {
        ValueKey key = ValueKey.of(channel);
        if (seat(caller, key) != null) {
            throw new RpcError("Already joined");
        }
        if (!isAllowed) {
            throw new RpcError("Not authorized");
        }
        check(caller, key);
        Room room =
                rooms.computeIfAbsent(
                        key, name -> new Room(channel, new Presence(lane, options.scheduler())));
        if (!room.has(identity)) {
            tellPresence(room, identity, "joined");
        }
        Room.Seat seat = room.enter(caller, identity);
        seats.computeIfAbsent(caller, client -> new HashMap<>()).put(key, seat);
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        var members = reply.putArray("members");
        room.members.values().forEach(member -> members.add(member.identity()));
        return reply;
    }

    private void check(Client caller, ValueKey key) {
        if (!caller.isConnected()) {
            throw new RpcError("connection", "a single request", "one that stays, as WebSocket");
        }
        if (key.canonical().length() > options.channelCharacters()) {
            throw new RpcError(
                    "channel",
                    key.canonical(),
                    "at most " + options.channelCharacters() + " characters");
        }
        int count = seats.getOrDefault(caller, Map.of()).size();
        if (count >= options.channelsPerClient()) {
            throw new RpcError("channels", count, "at most " + options.channelsPerClient());
        }
    }

    /**
     * Takes the caller out of a channel.
     *
     * @throws RpcError {@code Not joined}
     */
    @Command
    protected final Turn leave(Client caller, JsonNode channel) {
        return new Turn(
                lane,
                () -> {
                    ValueKey key = ValueKey.of(channel);
                    Room.Seat seat = joined(caller, key);
                    var own = seats.get(caller);
                    if (own != null && own.remove(key) != null && own.isEmpty()) {
                        seats.remove(caller);
                    }
                    vacate(key, seat);
                    return null;
                });
    }

    /**
     * Sends a message to all who are in a channel, the caller included.
     *
     * @param body any JSON value
     * @throws RpcError {@code Not joined}; {@code Not authorized} if {@link #canSend} says so
     */
    @Command("send")
    protected final Turn sendFor(Client caller, JsonNode channel, JsonNode body) {
        boolean isAllowed = canSend(caller, channel);
        return new Turn(
                lane,
                () -> {
                    Room.Seat seat = joined(caller, ValueKey.of(channel));
                    if (!isAllowed) {
                        throw new RpcError("Not authorized");
                    }
                    Room room = seat.room();
                    ObjectNode message = from(seat.member().identity(), "message", room);
                    message.set("body", body);
                    room.presence.send(message(stamped(message)));
                    return null;
                });
    }

    /**
     * Tells the other clients of the caller's identity in a channel that it has been read. If there
     * are none nothing happens, and neither is it an error not to be there.
     */
    @Command
    protected final Turn read(Client caller, JsonNode channel) {
        JsonNode identity = caller.identity();
        return new Turn(
                lane,
                () -> {
                    Room room = rooms.get(ValueKey.of(channel));
                    if (room != null) {
                        tellRead(room, caller, identity);
                    }
                    return null;
                });
    }

    private void tellRead(Room room, Client caller, JsonNode identity) {
        Room.Seat seat = seat(caller, ValueKey.of(room.channel));
        Room.Member reader = seat == null ? room.members.get(ValueKey.of(identity)) : seat.member();
        if (reader == null) {
            return;
        }
        ObjectNode told = JsonNodeFactory.instance.objectNode().put("type", "read");
        told.set("channel", room.channel);
        var message = message(stamped(told));
        for (Client client : reader.clients()) {
            if (client != caller) {
                client.send(message);
            }
        }
    }

    @Override
    protected final void clientDisconnected(Client client) {
        lane.execute(() -> {
            var own = seats.remove(client);
            if (own != null) {
                own.forEach(this::vacate);
            }
        });
    }

    private void vacate(ValueKey key, Room.Seat seat) {
        Room room = seat.room();
        boolean wasLast = room.leave(seat);
        if (room.members.isEmpty()) {
            rooms.remove(key);
        } else if (wasLast) {
            tellPresence(room, seat.member().identity(), "left");
        }
    }

    private void tellPresence(Room room, JsonNode identity, String status) {
        ObjectNode presence = from(identity, "presence", room).put("status", status);
        ValueKey key = ValueKey.of(identity);
        room.presence.changed(
                key,
                message(stamped(presence)).with(Overflow.CONFLATE, new Room.PresenceOf(room, key)));
    }

    private static ObjectNode from(JsonNode identity, String type, Room room) {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("type", type);
        message.set("from", identity);
        message.set("channel", room.channel);
        return message;
    }

    private ObjectNode stamped(ObjectNode message) {
        return message.put("timestamp", Timestamps.now(options.clock()));
    }

    private Room.Seat joined(Client client, ValueKey channel) {
        Room.Seat seat = seat(client, channel);
        if (seat == null) {
            throw new RpcError("Not joined");
        }
        return seat;
    }

    private Room.@Nullable Seat seat(Client client, ValueKey channel) {
        var own = seats.get(client);
        return own == null ? null : own.get(channel);
    }
}
