package io.snorky.cursors;

import io.snorky.json.ValueKey;
import io.snorky.rpc.RpcError;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one client has joined and owns.
 *
 * <p>Threads: belongs to the service's lane.
 */
final class Holdings {

    /** By document. */
    final Map<ValueKey, Document.Place> places = new HashMap<>();

    /** By private handle. */
    final Map<ValueKey, Cursor> cursors = new LinkedHashMap<>();

    Document.Place joined(ValueKey document) {
        Document.Place place = places.get(document);
        if (place == null) {
            throw new RpcError("Not joined");
        }
        return place;
    }

    Cursor cursor(ValueKey privateHandle) {
        Cursor cursor = cursors.get(privateHandle);
        if (cursor == null) {
            throw new RpcError("No such cursor");
        }
        return cursor;
    }
}
