package io.snorky.server.oracle;

import tools.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.Map;

/**
 * Sees whether the changes of each row come in order and once, as they have to until a subscription
 * is acquired again.
 */
final class OrderCheck {

    /** Of each row: what came last. Twice the revision seen, and one more if it left. */
    private final Map<Long, Long> last = new HashMap<>();

    /** A subscription is acquired: what came before may come again. */
    void begin() {
        last.clear();
    }

    /** Whether a delta is one that can come next. */
    boolean accepts(JsonNode delta) {
        boolean goes = delta.get("type").stringValue().equals("delete");
        JsonNode row = delta.has("newData") ? delta.get("newData") : delta.get("data");
        long now = 2 * row.get("revision").longValue() + (goes ? 1 : 0);
        Long before = last.put(row.get("id").longValue(), now);
        return before == null || before < now;
    }
}
