package io.snorky.datasync.filter;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Clauses that are worth a look where the same conditions hold. If they are many, most of them lie
 * deeper, by what else they ask for.
 */
final class Bucket<T> {

    private static final int MAX_FLAT = 16;
    private static final int MAX_DEPTH = 8;

    private final @Nullable Branch<T> holder;
    private final @Nullable Value value;
    private final @Nullable Interval interval;
    private final int depth;
    private final List<Posting<T>> flat = new ArrayList<>(1);
    private @Nullable Branch<T> deeper;
    private int size;

    /** A bucket under no condition. */
    Bucket() {
        holder = null;
        value = null;
        interval = null;
        depth = 0;
    }

    /** The bucket for a value. */
    Bucket(Branch<T> holder, Value value) {
        this.holder = holder;
        this.value = value;
        interval = null;
        depth = holder.owner().depth + 1;
    }

    /** The bucket for a range of values. */
    Bucket(Branch<T> holder, Interval interval) {
        this.holder = holder;
        value = null;
        this.interval = interval;
        depth = holder.owner().depth + 1;
    }

    /** How many clauses lie here and deeper. */
    int size() {
        return size;
    }

    void add(Posting<T> posting) {
        size++;
        if (deeper == null && flat.size() == MAX_FLAT && depth < MAX_DEPTH) {
            deeper = new Branch<>(this);
            List<Posting<T>> all = List.copyOf(flat);
            flat.clear();
            all.forEach(each -> place(each, deeper));
        }
        place(posting, deeper);
    }

    private void place(Posting<T> posting, @Nullable Branch<T> branch) {
        Bucket<T> next = branch == null ? null : branch.bucketFor(posting);
        if (next == null) {
            posting.bucket = this;
            posting.at = flat.size();
            flat.add(posting);
        } else {
            next.add(posting);
        }
    }

    /** Takes out a posting that lies here. */
    void remove(Posting<T> posting) {
        Posting<T> last = flat.removeLast();
        if (last != posting) {
            flat.set(posting.at, last);
            last.at = posting.at;
        }
        posting.bucket = null;
        for (Bucket<T> bucket = this; bucket != null; bucket = bucket.shrink()) {}
    }

    /** One clause less; gives the bucket this one lies in. */
    private @Nullable Bucket<T> shrink() {
        size--;
        if (size == 0) {
            deeper = null;
        }
        if (holder == null) {
            return null;
        }
        if (value != null) {
            holder.removed(value, size == 0);
        }
        if (interval != null) {
            holder.removed(interval, size == 0);
        }
        return holder.owner();
    }

    void find(Search<T> search) {
        for (int i = 0; i < flat.size(); i++) {
            search.consider(flat.get(i));
        }
        if (deeper != null) {
            deeper.find(search.row(), search);
        }
    }

    /** How many buckets there are, this one among them. */
    int buckets() {
        return 1 + (deeper == null ? 0 : deeper.buckets());
    }
}
