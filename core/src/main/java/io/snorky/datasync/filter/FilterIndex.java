package io.snorky.datasync.filter;

import tools.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds those of many filters that are true for a row, without looking at most of the others.
 *
 * <p>A filter is taken apart into clauses ({@link Clauses}), and each clause lies in the bucket of
 * the part that it is best found by: buckets of equal values lie in hash tables, those of ranges in
 * interval trees, both in a tree of the fields' names. Where many clauses share a bucket they lie
 * deeper in it, by another of their parts. A clause that can be found by nothing, such as that a
 * value is not equal, is looked at for every row. What a range has found in vain too often moves to
 * another range, so that it does not matter if rows change their nature.
 *
 * <p>Threads: one at a time.
 *
 * @param <T> what has a filter
 */
public final class FilterIndex<T> {

    private final Map<T, Entry<T>> entries = new HashMap<>();
    private final Bucket<T> everything = new Bucket<>();
    private long searches;
    private long considered;

    /** An index of no filters. */
    public FilterIndex() {}

    /** Adds a subject with its filter, if there is none that equals it. */
    public void add(T subject, Filter filter) {
        if (!entries.containsKey(subject)) {
            var entry = new Entry<>(subject, filter);
            entries.put(subject, entry);
            for (Posting<T> each = entry.first; each != null; each = each.sibling) {
                everything.add(each);
            }
        }
    }

    /** Removes a subject, if it is there. */
    public void remove(T subject) {
        Entry<T> entry = entries.remove(subject);
        if (entry != null) {
            for (Posting<T> each = entry.first; each != null; each = each.sibling) {
                takeOut(each);
            }
        }
    }

    private static <T> void takeOut(Posting<T> posting) {
        if (posting.bucket != null) {
            posting.bucket.remove(posting);
        }
    }

    /** Gives the subjects whose filters are true for a row, each once. */
    public void find(JsonNode row, Consumer<? super T> found) {
        var search = new Search<T>(row, ++searches, found);
        everything.find(search);
        considered += search.considered();
        for (Posting<T> posting : search.misplaced()) {
            takeOut(posting);
            posting.startAnew();
            everything.add(posting);
        }
    }

    /** How many clauses have been looked at so far. */
    long considered() {
        return considered;
    }

    /** How many buckets and fields there are; 1 if the index is empty. */
    int weight() {
        return everything.buckets();
    }
}
