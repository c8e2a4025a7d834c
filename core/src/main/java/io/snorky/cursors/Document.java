package io.snorky.cursors;

import io.snorky.Client;
import io.snorky.Message;
import io.snorky.rpc.RpcError;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * One document that somebody has joined, and its cursors.
 *
 * <p>Threads: belongs to the service's lane.
 */
final class Document {

    /** One client's membership, under the identity it had when it joined. */
    record Place(Document document, JsonNode identity) {}

    /** So many can be told each on its own. */
    private static final int FEW = 8;

    final JsonNode name;
    final Set<Client> clients = new LinkedHashSet<>();
    private final Map<Integer, Cursor> cursors = new LinkedHashMap<>();
    private int lastHandle;

    Document(JsonNode name) {
        this.name = name;
    }

    Iterable<Cursor> cursors() {
        return cursors.values();
    }

    /** A handle that none of its cursors has, and that was free for as long as possible. */
    int freeHandle(int maxCursors) {
        if (cursors.size() >= maxCursors) {
            throw new RpcError("cursors", cursors.size(), "at most " + maxCursors + " a document");
        }
        do {
            lastHandle = (lastHandle + 1) % CursorsLimits.PUBLIC_HANDLES;
        } while (cursors.containsKey(lastHandle));
        return lastHandle;
    }

    void add(Cursor cursor) {
        cursors.put(cursor.publicHandle, cursor);
    }

    void remove(Cursor cursor) {
        cursors.remove(cursor.publicHandle);
    }

    /** Tells them what changes again soon. If they are many, that may take a frame longer. */
    void tellOthersSoon(Client owner, Message message) {
        tellOthers(owner, clients.size() > FEW ? message.unhurried() : message);
    }

    void tellOthers(Client owner, Message message) {
        for (Client client : clients) {
            if (client != owner) {
                client.send(message);
            }
        }
    }
}
