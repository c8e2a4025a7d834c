package io.snorky.datasync.filter;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.Map;

/**
 * The buckets for what a field of a row may be, and the branches for the members of the object it
 * may be.
 */
final class Branch<T> {

    private final Bucket<T> owner;
    private final @Nullable Branch<T> parent;
    private final String name;
    private Map<String, Branch<T>> members = Map.of();
    private Map<Value, Bucket<T>> equal = Map.of();
    private int containers;
    private Map<Filter.Incomparable, Bucket<T>> incomparable = Map.of();
    private @Nullable Intervals<T> numbers;
    private @Nullable Intervals<T> strings;

    /**
     * The branch for whole rows.
     *
     * @param owner whose clauses lie here
     */
    Branch(Bucket<T> owner) {
        this.owner = owner;
        parent = null;
        name = "";
    }

    private Branch(Branch<T> parent, String name) {
        owner = parent.owner;
        this.parent = parent;
        this.name = name;
    }

    Bucket<T> owner() {
        return owner;
    }

    /** The branch of a field; null if there is none. */
    @Nullable Branch<T> at(Field field) {
        Branch<T> branch = this;
        for (int i = 0; branch != null && i < field.length(); i++) {
            branch = branch.members.get(field.step(i));
        }
        return branch;
    }

    /** The branch of a field, which it gets if it has none. */
    private Branch<T> grow(Field field) {
        Branch<T> branch = this;
        for (int i = 0; i < field.length(); i++) {
            branch = branch.member(field.step(i));
        }
        return branch;
    }

    private Branch<T> member(String step) {
        if (members.isEmpty()) {
            members = new HashMap<>(4);
        }
        return members.computeIfAbsent(step, added -> new Branch<>(this, added));
    }

    /** How many values have a bucket. */
    int values() {
        return equal.size();
    }

    /** How many clauses ask for a value. */
    int clauses(Value value) {
        Bucket<T> bucket = equal.get(value);
        return bucket == null ? 0 : bucket.size();
    }

    @Nullable Intervals<T> intervals(boolean ofStrings) {
        return ofStrings ? strings : numbers;
    }

    /** The bucket of a value of a field, which it gets if it has none. */
    Bucket<T> bucket(Field field, Value value) {
        return grow(field).bucket(value);
    }

    private Bucket<T> bucket(Value value) {
        Bucket<T> found = equal.get(value);
        if (found != null) {
            return found;
        }
        if (equal.isEmpty()) {
            equal = new HashMap<>(4);
        }
        if (Value.isContainer(value)) {
            containers++;
        }
        var added = new Bucket<>(this, value);
        equal.put(value, added);
        return added;
    }

    /** The bucket of a range of a field, which it gets if it has none, for one clause more. */
    Bucket<T> bucket(Field field, Interval interval) {
        return grow(field).bucket(interval);
    }

    private Bucket<T> bucket(Interval interval) {
        Intervals<T> intervals = intervals(interval.isOfStrings());
        if (intervals == null) {
            intervals = new Intervals<>();
            setIntervals(interval.isOfStrings(), intervals);
        }
        intervals.count(1);
        return intervals.bucket(interval, this);
    }

    /** The bucket for rows of which a field is incomparable. Only the outermost branch has such. */
    Bucket<T> bucket(Filter.Incomparable condition) {
        if (incomparable.isEmpty()) {
            incomparable = new HashMap<>(4);
        }
        return incomparable.computeIfAbsent(condition, added -> new Bucket<>(this, added));
    }

    private void setIntervals(boolean ofStrings, @Nullable Intervals<T> intervals) {
        if (ofStrings) {
            strings = intervals;
        } else {
            numbers = intervals;
        }
    }

    /** A clause has been taken out of the bucket of a value. */
    void removed(Value value, boolean last) {
        if (!last) {
            return;
        }
        equal.remove(value);
        if (Value.isContainer(value)) {
            containers--;
        }
        wither();
    }

    /** A clause has been taken out of the bucket of a range. */
    void removed(Interval interval, boolean last) {
        Intervals<T> intervals = intervals(interval.isOfStrings());
        if (intervals == null) {
            return;
        }
        intervals.count(-1);
        if (!last) {
            return;
        }
        intervals.remove(interval);
        if (intervals.isEmpty()) {
            setIntervals(interval.isOfStrings(), null);
        }
        wither();
    }

    /** A clause has been taken out of the bucket for rows of which a field is incomparable. */
    void removed(Filter.Incomparable condition, boolean last) {
        if (last) {
            incomparable.remove(condition);
        }
    }

    /** Branches that bear nothing fall off. */
    private void wither() {
        Branch<T> branch = this;
        while (branch.isBare() && branch.parent != null) {
            branch.parent.members.remove(branch.name);
            branch = branch.parent;
        }
    }

    private boolean isBare() {
        return members.isEmpty() && equal.isEmpty() && numbers == null && strings == null;
    }

    /** Searches all that may be true for the row. Only the outermost branch knows. */
    void find(Search<T> search) {
        incomparable.forEach((condition, bucket) -> {
            if (condition.sees(search.row())) {
                bucket.find(search);
            }
        });
        find(search.row(), search);
    }

    /** Searches the buckets for what a node is, and those for its members. */
    private void find(JsonNode node, Search<T> search) {
        if (!node.isContainer()) {
            findValue(node, search);
            return;
        }
        if (containers > 0) {
            findValue(node, search);
        }
        if (!members.isEmpty() && node.isObject()) {
            findMembers(node, search);
        }
    }

    private void findValue(JsonNode node, Search<T> search) {
        if (equal.isEmpty() && numbers == null && strings == null) {
            return;
        }
        Value value = Value.of(node);
        Bucket<T> bucket = value == null ? null : equal.get(value);
        if (bucket != null) {
            bucket.find(search);
        }
        if (value instanceof Value.Ordered ordered) {
            Intervals<T> intervals = intervals(ordered instanceof Value.Text);
            if (intervals != null) {
                intervals.find(ordered, search);
            }
        }
    }

    /** Goes through the row or through what is asked for, whichever is less. */
    private void findMembers(JsonNode object, Search<T> search) {
        if (object.size() < members.size()) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                Branch<T> branch = members.get(member.getKey());
                if (branch != null) {
                    branch.find(member.getValue(), search);
                }
            }
            return;
        }
        members.forEach((member, branch) -> {
            JsonNode node = object.get(member);
            if (node != null) {
                branch.find(node, search);
            }
        });
    }

    /** How many buckets there are, here and further on. */
    int buckets() {
        int buckets = numbers == null ? 0 : numbers.buckets();
        buckets += strings == null ? 0 : strings.buckets();
        for (Bucket<T> bucket : equal.values()) {
            buckets += bucket.buckets();
        }
        for (Bucket<T> bucket : incomparable.values()) {
            buckets += bucket.buckets();
        }
        for (Branch<T> member : members.values()) {
            buckets += 1 + member.buckets();
        }
        return buckets;
    }
}
