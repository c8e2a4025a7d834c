package io.snorky.datasync.filter;

import org.jspecify.annotations.Nullable;

/**
 * Clauses that are worth a look where the same conditions hold. If they are many, most of them lie
 * deeper, by what else they ask for.
 */
final class Bucket<T> {

    private static final int MAX_FLAT = 8;
    private static final int MAX_DEPTH = 8;

    private final @Nullable Branch<T> holder;

    /** What the holder has it for: a value, an interval, or that a field is incomparable. */
    private final @Nullable Object key;

    /** The first of those that lie here; each knows the next. */
    private @Nullable Posting<T> first;

    private @Nullable Branch<T> deeper;
    private int size;

    /** A bucket under no condition. */
    Bucket() {
        holder = null;
        key = null;
    }

    /** The bucket for a value. */
    Bucket(Branch<T> holder, Value value) {
        this.holder = holder;
        key = value;
    }

    /** The bucket for a range of values. */
    Bucket(Branch<T> holder, Interval interval) {
        this.holder = holder;
        key = interval;
    }

    /** The bucket for rows of which a field is incomparable. */
    Bucket(Branch<T> holder, Filter.Incomparable condition) {
        this.holder = holder;
        key = condition;
    }

    /** How many clauses lie here and deeper. */
    int size() {
        return size;
    }

    void add(Posting<T> posting) {
        if (deeper == null && size == MAX_FLAT && depth() < MAX_DEPTH) {
            divide();
        }
        size++;
        place(posting);
    }

    private int depth() {
        int depth = 0;
        for (Branch<T> outer = holder; outer != null; outer = outer.owner().holder) {
            depth++;
        }
        return depth;
    }

    private void divide() {
        deeper = new Branch<>(this);
        Posting<T> posting = first;
        first = null;
        while (posting != null) {
            Posting<T> next = posting.next;
            place(posting);
            posting = next;
        }
    }

    private void place(Posting<T> posting) {
        Bucket<T> next = deeper == null ? null : new Choice<>(deeper, posting).bucket();
        if (next != null) {
            next.add(posting);
            return;
        }
        posting.bucket = this;
        posting.previous = null;
        posting.next = first;
        if (first != null) {
            first.previous = posting;
        }
        first = posting;
    }

    /** Takes out a posting that lies here. */
    void remove(Posting<T> posting) {
        if (posting.previous == null) {
            first = posting.next;
        } else {
            posting.previous.next = posting.next;
        }
        if (posting.next != null) {
            posting.next.previous = posting.previous;
        }
        posting.bucket = null;
        Bucket<T> bucket = this;
        while (bucket != null) {
            bucket = bucket.shrink();
        }
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
        if (key instanceof Value value) {
            holder.removed(value, size == 0);
        } else if (key instanceof Interval interval) {
            holder.removed(interval, size == 0);
        } else if (key instanceof Filter.Incomparable condition) {
            holder.removed(condition, size == 0);
        }
        return holder.owner();
    }

    void find(Search<T> search) {
        for (Posting<T> posting = first; posting != null; posting = posting.next) {
            search.consider(posting);
        }
        if (deeper != null) {
            deeper.find(search);
        }
    }

    /** How many buckets there are, this one among them. */
    int buckets() {
        return 1 + (deeper == null ? 0 : deeper.buckets());
    }
}
