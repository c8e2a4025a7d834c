package io.snorky.messaging;

import io.snorky.Client;
import io.snorky.NonBlocking;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcError;
import io.snorky.rpc.RpcService;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Messages from one client to another, by name. A name belongs to the client that registered it
 * until it gives it back or goes; a client may hold several, and needs no identity. A message comes
 * as {@code {"type": "message", "sender": …, "dest": …, "body": …}}. One for a client that has just
 * gone is dropped; a client that reads too slowly is hung up on.
 *
 * <p>Threads: any. A name comes and goes in one step of the concurrent map. Which names a client
 * holds is touched by its own commands and its going only, which run one at a time.
 */
@NonBlocking
public class MessagingService extends RpcService {

    private final MessagingOptions options;
    private final ConcurrentNavigableMap<String, Client> participants =
            new ConcurrentSkipListMap<>(MessagingService::byCodePoints);
    private final Map<Client, Set<String>> names = new ConcurrentHashMap<>();

    /**
     * One with {@link MessagingOptions#DEFAULT}.
     *
     * @param name under which clients address it, usually {@code messaging}
     */
    public MessagingService(String name) {
        this(name, MessagingOptions.DEFAULT);
    }

    /**
     * @param name under which clients address it, usually {@code messaging}
     */
    public MessagingService(String name, MessagingOptions options) {
        super(name);
        this.options = options;
    }

    /**
     * Whether a client may register a name: as the options say. Override it to say something else.
     * Runs on an event loop: do not wait.
     */
    protected boolean isNameAllowed(Client client, String name) {
        return options.isNameAllowed().test(client, name);
    }

    /**
     * Gives the caller a name that nobody has.
     *
     * @param name a string
     * @throws RpcError {@code Name already registered}, whoever holds it; {@code Name not allowed}
     *     if it is no string or {@link #isNameAllowed} says so; or if it is too long, the caller
     *     has too many, or it came over HTTP and cannot be sent anything
     */
    @Command
    protected final void registerParticipant(Client caller, JsonNode name) {
        if (holder(name) != null) {
            throw new RpcError("Name already registered");
        }
        if (!name.isString() || !isNameAllowed(caller, name.stringValue())) {
            throw new RpcError("Name not allowed");
        }
        String text = name.stringValue();
        check(caller, text, names.getOrDefault(caller, Set.of()).size());
        if (participants.putIfAbsent(text, caller) != null) {
            throw new RpcError("Name already registered");
        }
        names.computeIfAbsent(caller, client -> new HashSet<>()).add(text);
    }

    private void check(Client caller, String name, int count) {
        if (!caller.isConnected()) {
            throw new RpcError("connection", "a single request", "one that stays, as WebSocket");
        }
        if (name.length() > options.nameCharacters()) {
            throw new RpcError("name", name, "at most " + options.nameCharacters() + " characters");
        }
        if (count >= options.namesPerClient()) {
            throw new RpcError("names", count, "at most " + options.namesPerClient());
        }
    }

    /**
     * Gives a name back.
     *
     * @throws RpcError {@code Unknown participant}; {@code Invalid participant} if another client
     *     holds it
     */
    @Command
    protected final void unregisterParticipant(Client caller, JsonNode name) {
        Client holder = holder(name);
        if (holder == null) {
            throw new RpcError("Unknown participant");
        }
        if (holder != caller) {
            throw new RpcError("Invalid participant");
        }
        participants.remove(name.stringValue(), caller);
        var own = names.get(caller);
        if (own != null) {
            own.remove(name.stringValue());
        }
    }

    /** All names that are registered, ordered by code points. */
    @Command
    protected final List<String> listParticipants() {
        return List.copyOf(participants.keySet());
    }

    /**
     * Sends a message to whoever holds a name.
     *
     * @param sender a name that the caller holds
     * @param dest the name it is for
     * @param body any JSON value
     * @throws RpcError {@code Invalid sender} if the caller does not hold that name; {@code Unknown
     *     destination}
     */
    @Command
    protected final void send(Client caller, JsonNode sender, JsonNode dest, JsonNode body) {
        if (holder(sender) != caller) {
            throw new RpcError("Invalid sender");
        }
        Client addressee = holder(dest);
        if (addressee == null) {
            throw new RpcError("Unknown destination");
        }
        var message = JsonNodeFactory.instance.objectNode();
        message.put("type", "message");
        message.set("sender", sender);
        message.set("dest", dest);
        message.set("body", body);
        send(addressee, message);
    }

    private @Nullable Client holder(JsonNode name) {
        return name.isString() ? participants.get(name.stringValue()) : null;
    }

    @Override
    protected final void clientDisconnected(Client client) {
        var own = names.remove(client);
        if (own != null) {
            own.forEach(name -> participants.remove(name, client));
        }
    }

    /** Unlike {@link String#compareTo}, which has U+FFFF after U+10000. */
    private static int byCodePoints(String a, String b) {
        int at = 0;
        while (at < a.length() && at < b.length()) {
            int one = a.codePointAt(at);
            int other = b.codePointAt(at);
            if (one != other) {
                return Integer.compare(one, other);
            }
            at += Character.charCount(one);
        }
        return Integer.compare(a.length(), b.length());
    }
}
