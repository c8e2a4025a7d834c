package io.snorky.server.oracle;

import tools.jackson.databind.JsonNode;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of one query as a page shows them, changed as collections of the JavaScript client are:
 * a delta may come twice, and one that is older than what is known of its row says nothing.
 *
 * <p>Threads: owned by its page.
 */
final class ShownRows {

    private static final int REMEMBERED = 6;

    private final boolean versioned;
    private final Map<Long, Row> rows = new HashMap<>();
    private final Map<Long, Long> versions = new HashMap<>();
    private final Map<Long, Deque<String>> heard = new HashMap<>();

    ShownRows(Model model) {
        versioned = model.versioned;
    }

    /** Shows what was fetched, and nothing else. */
    void replace(Database.Answer answer) {
        rows.clear();
        rows.putAll(answer.rows());
        versions.clear();
        if (versioned) {
            rows.values().forEach(row -> versions.put(row.id(), row.revision()));
            versions.putAll(answer.elsewhere());
        }
    }

    /**
     * @param note is remembered, to be told when something is wrong
     */
    void apply(JsonNode delta, String note) {
        boolean goes = delta.get("type").stringValue().equals("delete");
        Row row = Row.read(delta.has("newData") ? delta.get("newData") : delta.get("data"));
        remember(row.id(), note);
        if (versioned) {
            long version = delta.get("version").longValue();
            if (version < versions.getOrDefault(row.id(), 0L)) {
                return;
            }
            versions.put(row.id(), version);
        }
        if (goes) {
            rows.remove(row.id());
        } else {
            rows.put(row.id(), row);
        }
    }

    private void remember(long id, String note) {
        Deque<String> notes = heard.computeIfAbsent(id, key -> new ArrayDeque<>());
        if (notes.size() == REMEMBERED) {
            notes.removeFirst();
        }
        notes.addLast(note);
    }

    Map<Long, Row> rows() {
        return rows;
    }

    /** What was heard of a row lately. */
    List<String> heardOf(long id) {
        return List.copyOf(heard.getOrDefault(id, new ArrayDeque<>()));
    }
}
