package io.snorky.datasync.filter;

import java.util.List;

/** A filter in the index. */
final class Entry<T> {

    final T subject;
    final List<Posting<T>> postings;

    /** The last search that has found it. */
    long lastSearch;

    Entry(T subject, Filter filter) {
        this.subject = subject;
        postings =
                Clauses.of(filter).stream()
                        .map(parts -> new Posting<>(this, parts.toArray(Filter[]::new)))
                        .toList();
    }
}
