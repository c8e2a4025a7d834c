package io.snorky.cursors;

import io.snorky.Client;
import io.snorky.Lane;
import io.snorky.Message;
import io.snorky.NonBlocking;
import io.snorky.Overflow;
import io.snorky.json.ValueKey;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcError;
import io.snorky.rpc.RpcService;
import io.snorky.rpc.Turn;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where everybody is in a shared document. A document is any JSON value; it exists as long as
 * somebody has joined it. A client that has may have cursors in it, each with a position and a
 * status, any JSON values. The owner names its cursor by a private handle of its choice; all others
 * in the document are told of it under a public one, from 0 to 65535: {@code {"type": "cursorAdded"
 * | "cursorUpdated", "cursor": {"publicHandle": …, "document": …, "position": …, "status": …,
 * "owner": identity}}}, and {@code {"type": "cursorRemoved", "cursor": {"publicHandle": …,
 * "document": …}}}.
 *
 * <p>In a document with more than eight clients updates may go out up to 16 ms later, several at a
 * time. Whatever is sent to a client after an update still comes after it.
 *
 * <p>A client that lags is told the latest update of each cursor, not the ones before it. Whatever
 * else it misses, it is hung up on.
 *
 * <p>Threads: any. All state is owned by one lane: each command is a task in it, and is replied to
 * there, so that what changes after a client has joined is told after the reply. The hooks run
 * before, as the command.
 */
@NonBlocking
public class CursorsService extends RpcService {

    private final CursorsOptions options;
    private final Lane lane = new Lane();
    private final Map<ValueKey, Document> documents = new HashMap<>();
    private final Map<Client, Holdings> holdings = new HashMap<>();

    /**
     * One with {@link CursorsOptions#DEFAULT}.
     *
     * @param name under which clients address it, usually {@code cursors}
     */
    public CursorsService(String name) {
        this(name, CursorsOptions.DEFAULT);
    }

    /**
     * @param name under which clients address it, usually {@code cursors}
     */
    public CursorsService(String name, CursorsOptions options) {
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
     * Whether a client may join a document: as the options say. Override it to say something else.
     * Runs on an event loop: do not wait.
     */
    protected boolean canJoin(Client client, JsonNode document) {
        return options.canJoin().test(client, document);
    }

    /**
     * How many cursors a client may have, over all documents: as the options say. Override it to
     * say something else. Runs on an event loop: do not wait.
     */
    protected int maxCursors(Client client) {
        return options.maxCursors().applyAsInt(client);
    }

    /**
     * Lets the caller into a document. It is told of the cursors of others from now on.
     *
     * @param document any JSON value
     * @return {@code {"cursors": [cursor, …]}}, all there are
     * @throws RpcError {@code Not authenticated}; {@code Already joined}; {@code Not authorized} if
     *     {@link #canJoin} says so; or if the document's name is too long, the caller has joined
     *     too many, or it came over HTTP and cannot be sent anything
     */
    @Command
    protected final Turn join(Client caller, JsonNode document) {
        JsonNode identity = caller.identity();
        if (!isAuthenticated(caller)) {
            throw new RpcError("Not authenticated");
        }
        boolean isAllowed = canJoin(caller, document);
        return new Turn(lane, () -> enter(caller, identity, document, isAllowed));
    }

    private JsonNode enter(Client caller, JsonNode identity, JsonNode name, boolean isAllowed) {
        ValueKey key = ValueKey.of(name);
        Holdings own = own(caller);
        if (own.places.containsKey(key)) {
            throw new RpcError("Already joined");
        }
        if (!isAllowed) {
            throw new RpcError("Not authorized");
        }
        checkJoin(caller, key, own.places.size());
        Document document = documents.computeIfAbsent(key, absent -> new Document(name));
        document.clients.add(caller);
        own.places.put(key, new Document.Place(document, identity));
        holdings.put(caller, own);
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        var cursors = reply.putArray("cursors");
        document.cursors().forEach(cursor -> cursors.add(cursor.json(cursor.state)));
        return reply;
    }

    private void checkJoin(Client caller, ValueKey document, int count) {
        if (!caller.isConnected()) {
            throw new RpcError("connection", "a single request", "one that stays, as WebSocket");
        }
        checkLength("document", document);
        int most = options.limits().documentsPerClient();
        if (count >= most) {
            throw new RpcError("documents", count, "at most " + most);
        }
    }

    private void checkLength(String what, ValueKey key) {
        int most = options.limits().keyCharacters();
        if (key.canonical().length() > most) {
            throw new RpcError(what, key.canonical(), "at most " + most + " characters");
        }
    }

    /**
     * Takes the caller out of a document, and its cursors with it.
     *
     * @throws RpcError {@code Not joined}
     */
    @Command
    protected final Turn leave(Client caller, JsonNode document) {
        return new Turn(
                lane,
                () -> {
                    ValueKey key = ValueKey.of(document);
                    Holdings own = own(caller);
                    Document.Place place = own.joined(key);
                    for (var entry : List.copyOf(own.cursors.entrySet())) {
                        if (entry.getValue().place.equals(place)) {
                            own.cursors.remove(entry.getKey());
                            remove(caller, entry.getValue());
                        }
                    }
                    own.places.remove(key);
                    vacate(caller, key, place.document());
                    if (own.places.isEmpty()) {
                        holdings.remove(caller);
                    }
                    return null;
                });
    }

    /**
     * Gives the caller a cursor.
     *
     * @param privateHandle any JSON value that none of its cursors has
     * @param document one that it has joined
     * @param position any JSON value
     * @param status any JSON value
     * @return the public handle
     * @throws RpcError {@code Not joined}; {@code Reused handle}; {@code Too many cursors}, of the
     *     caller; or if the document has too many, or something is too long
     */
    @Command
    protected final Turn createCursor(
            Client caller,
            JsonNode privateHandle,
            JsonNode document,
            JsonNode position,
            JsonNode status) {
        int most = maxCursors(caller);
        var state = new Cursor.State(position, status);
        return new Turn(lane, () -> create(caller, privateHandle, document, state, most));
    }

    private int create(
            Client caller, JsonNode privateHandle, JsonNode name, Cursor.State state, int most) {
        Holdings own = own(caller);
        Document.Place place = own.joined(ValueKey.of(name));
        ValueKey handle = ValueKey.of(privateHandle);
        if (own.cursors.containsKey(handle)) {
            throw new RpcError("Reused handle");
        }
        if (own.cursors.size() >= most) {
            throw new RpcError("Too many cursors");
        }
        checkLength("privateHandle", handle);
        Document document = place.document();
        int publicHandle = document.freeHandle(options.limits().cursorsPerDocument());
        var cursor = new Cursor(place, publicHandle, state);
        Message added = checked(notification("cursorAdded", cursor.json(state)));
        document.add(cursor);
        own.cursors.put(handle, cursor);
        document.tellOthers(caller, added);
        return publicHandle;
    }

    /**
     * Moves a cursor of the caller, or changes its status.
     *
     * @param newData may hold {@code position} and {@code status}; what is left out stays
     * @throws RpcError {@code No such cursor}; {@code Invalid params} if the data are no object; or
     *     if they are too long
     */
    @Command
    protected final Turn updateCursor(Client caller, JsonNode privateHandle, JsonNode newData) {
        return new Turn(
                lane,
                () -> {
                    Cursor cursor = own(caller).cursor(ValueKey.of(privateHandle));
                    if (!newData.isObject()) {
                        throw new RpcError("Invalid params");
                    }
                    Cursor.State state = cursor.state.with(newData);
                    Message updated = checked(notification("cursorUpdated", cursor.json(state)));
                    cursor.state = state;
                    cursor.place
                            .document()
                            .tellOthersSoon(caller, updated.with(Overflow.CONFLATE, cursor));
                    return null;
                });
    }

    /**
     * Takes a cursor of the caller away.
     *
     * @throws RpcError {@code No such cursor}
     */
    @Command
    protected final Turn removeCursor(Client caller, JsonNode privateHandle) {
        return new Turn(
                lane,
                () -> {
                    Holdings own = own(caller);
                    ValueKey handle = ValueKey.of(privateHandle);
                    Cursor cursor = own.cursor(handle);
                    own.cursors.remove(handle);
                    remove(caller, cursor);
                    return null;
                });
    }

    @Override
    protected final void clientDisconnected(Client client) {
        lane.execute(() -> {
            Holdings own = holdings.remove(client);
            if (own != null) {
                own.cursors.values().forEach(cursor -> remove(client, cursor));
                own.places.forEach((key, place) -> vacate(client, key, place.document()));
            }
        });
    }

    private void remove(Client owner, Cursor cursor) {
        Document document = cursor.place.document();
        document.remove(cursor);
        document.tellOthers(owner, notification("cursorRemoved", cursor.bare()));
    }

    private void vacate(Client client, ValueKey key, Document document) {
        document.clients.remove(client);
        if (document.clients.isEmpty()) {
            documents.remove(key);
        }
    }

    private Message notification(String type, ObjectNode cursor) {
        ObjectNode notification = JsonNodeFactory.instance.objectNode().put("type", type);
        notification.set("cursor", cursor);
        return message(notification);
    }

    private Message checked(Message message) {
        int most = options.limits().cursorBytes();
        int length = message.utf8().length;
        if (length > most) {
            throw new RpcError("cursor", length + " bytes", "at most " + most + " bytes");
        }
        return message;
    }

    /** Empty for a client that has joined nothing. */
    private Holdings own(Client client) {
        return holdings.getOrDefault(client, new Holdings());
    }
}
