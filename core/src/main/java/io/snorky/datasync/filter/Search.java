package io.snorky.datasync.filter;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Looks for the filters that are true for one row. */
final class Search<T> {

    private final JsonNode row;
    private final long number;
    private final Consumer<? super T> found;
    private List<Posting<T>> misplaced = List.of();
    private int considered;

    Search(JsonNode row, long number, Consumer<? super T> found) {
        this.row = row;
        this.number = number;
        this.found = found;
    }

    JsonNode row() {
        return row;
    }

    /** A clause is probably true. */
    void consider(Posting<T> posting) {
        considered++;
        if (posting.holdsFor(row)) {
            Entry<T> entry = posting.entry;
            if (entry.lastSearch != number) {
                entry.lastSearch = number;
                found.accept(entry.subject);
            }
        } else if (posting.hasMissed()) {
            if (misplaced.isEmpty()) {
                misplaced = new ArrayList<>();
            }
            misplaced.add(posting);
        }
    }

    /** How many clauses have been looked at. */
    int considered() {
        return considered;
    }

    /** What should be found by something else. */
    List<Posting<T>> misplaced() {
        return misplaced;
    }
}
