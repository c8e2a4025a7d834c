package io.snorky.datasync.filter;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The buckets of the intervals on one field, of numbers or of strings. Finds those around a value
 * without looking at the others.
 *
 * <p>A treap in the order of the intervals' beginnings, where each node knows how far the intervals
 * below it reach: what ends before the value, or begins behind it, is left out by subtrees.
 */
final class Intervals<T> {

    /** What {@link #share} is before there have been rows. */
    static final double UNKNOWN_SHARE = 0.5;

    private static final long FORGET_AFTER = 1L << 32;

    private static final class Node<T> {
        final Interval interval;
        final Bucket<T> bucket;
        final int priority;
        final long lowRank;
        final long highRank;
        @Nullable Node<T> left;
        @Nullable Node<T> right;
        Interval furthest;
        long furthestRank;

        Node(Interval interval, Bucket<T> bucket, int priority) {
            this.interval = interval;
            this.bucket = bucket;
            this.priority = priority;
            lowRank = interval.lowRank();
            highRank = interval.highRank();
            furthest = interval;
            furthestRank = highRank;
        }

        Node<T> refresh() {
            furthest = interval;
            furthestRank = highRank;
            reachAsFarAs(left);
            reachAsFarAs(right);
            return this;
        }

        private void reachAsFarAs(@Nullable Node<T> child) {
            if (child != null && child.furthest.compareHigh(furthest) > 0) {
                furthest = child.furthest;
                furthestRank = child.furthestRank;
            }
        }
    }

    private @Nullable Node<T> root;
    private int random = ThreadLocalRandom.current().nextInt() | 1;
    private long offered;
    private long found;
    private int clauses;

    boolean isEmpty() {
        return root == null;
    }

    /**
     * The share of the clauses here that a row's value has found so far; a half as long as there
     * have been no rows.
     */
    double share() {
        return (found + UNKNOWN_SHARE) / (offered + 1.0);
    }

    /** A clause has come, or gone if it is −1. */
    void count(int change) {
        clauses += change;
    }

    /** The bucket of an interval, which it gets if it has none. */
    Bucket<T> bucket(Interval interval, Branch<T> holder) {
        Node<T> node = root;
        while (node != null) {
            int comparison = interval.compareTo(node.interval);
            if (comparison == 0) {
                return node.bucket;
            }
            node = comparison < 0 ? node.left : node.right;
        }
        var added = new Node<>(interval, new Bucket<>(holder, interval), nextRandom());
        root = add(root, added);
        return added.bucket;
    }

    /**
     * Xorshift, from a start that nobody knows who could choose intervals to unbalance the tree.
     */
    private int nextRandom() {
        random ^= random << 13;
        random ^= random >>> 17;
        random ^= random << 5;
        return random;
    }

    private static <T> Node<T> add(@Nullable Node<T> node, Node<T> added) {
        if (node == null) {
            return added;
        }
        if (added.priority > node.priority) {
            split(node, added);
            return added.refresh();
        }
        if (added.interval.compareTo(node.interval) < 0) {
            node.left = add(node.left, added);
        } else {
            node.right = add(node.right, added);
        }
        return node.refresh();
    }

    /** Hangs what is before and behind a new node below it. */
    private static <T> void split(@Nullable Node<T> node, Node<T> added) {
        if (node == null) {
            added.left = null;
            added.right = null;
        } else if (added.interval.compareTo(node.interval) < 0) {
            split(node.left, added);
            node.left = added.right;
            added.right = node.refresh();
        } else {
            split(node.right, added);
            node.right = added.left;
            added.left = node.refresh();
        }
    }

    void remove(Interval interval) {
        root = remove(root, interval);
    }

    private static <T> @Nullable Node<T> remove(@Nullable Node<T> node, Interval interval) {
        if (node == null) {
            return null;
        }
        int comparison = interval.compareTo(node.interval);
        if (comparison == 0) {
            return merge(node.left, node.right);
        }
        if (comparison < 0) {
            node.left = remove(node.left, interval);
        } else {
            node.right = remove(node.right, interval);
        }
        return node.refresh();
    }

    private static <T> @Nullable Node<T> merge(@Nullable Node<T> left, @Nullable Node<T> right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        if (left.priority > right.priority) {
            left.right = merge(left.right, right);
            return left.refresh();
        }
        right.left = merge(left, right.left);
        return right.refresh();
    }

    /** Searches the buckets of the intervals around a value. */
    void find(Value.Ordered value, Search<T> search) {
        offered += clauses;
        if (offered > FORGET_AFTER) {
            offered /= 2;
            found /= 2;
        }
        find(root, value, value.rank(), search);
    }

    private void find(@Nullable Node<T> node, Value.Ordered value, long rank, Search<T> search) {
        if (node == null || !endsAfter(node.furthest, node.furthestRank, value, rank)) {
            return;
        }
        find(node.left, value, rank, search);
        if (node.lowRank > rank || node.lowRank == rank && !node.interval.startsBefore(value)) {
            return;
        }
        if (endsAfter(node.interval, node.highRank, value, rank)) {
            found += node.bucket.size();
            node.bucket.find(search);
        }
        find(node.right, value, rank, search);
    }

    private static boolean endsAfter(
            Interval interval, long highRank, Value.Ordered value, long rank) {
        return highRank > rank || highRank == rank && interval.endsAfter(value);
    }

    /** How many buckets there are, here and further on. */
    int buckets() {
        return buckets(root);
    }

    private static <T> int buckets(@Nullable Node<T> node) {
        return node == null ? 0 : node.bucket.buckets() + buckets(node.left) + buckets(node.right);
    }
}
