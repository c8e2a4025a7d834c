package io.snorky.datasync.filter;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** A filter in the index. */
final class Entry<T> {

    final T subject;

    /** The first of its clauses; each knows the next. */
    final @Nullable Posting<T> first;

    /** The last search that has found it. */
    long lastSearch;

    Entry(T subject, Filter filter) {
        this.subject = subject;
        Posting<T> last = null;
        for (List<Filter> parts : Clauses.of(filter)) {
            last = new Posting<>(this, parts.toArray(Filter[]::new), last);
        }
        first = last;
    }
}
