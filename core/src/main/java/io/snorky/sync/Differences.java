package io.snorky.sync;

import io.snorky.json.ValueKey;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the operations that turn one frozen value into another: identity first, then what is
 * inside.
 *
 * <p>Threads: one at a time.
 */
@SuppressWarnings("ReferenceEquality") // which is asked first, because it costs nothing
final class Differences {

    private final List<Operation> operations = new ArrayList<>();
    private final StringBuilder path = new StringBuilder();
    private long bytes;

    /** In the order in which they have to be applied. */
    List<Operation> operations() {
        return operations;
    }

    /** What the operations take as JSON, about. */
    long bytes() {
        return bytes;
    }

    void between(@Nullable Object before, @Nullable Object after) {
        if (before == after) {
            return;
        }
        Object from = Forms.of(before);
        Object to = Forms.of(after);
        int mark = operations.size();
        long markBytes = bytes;
        if (from instanceof Members a && to instanceof Members b) {
            members(a, b);
        } else if (from instanceof Sequence a && to instanceof Sequence b) {
            elements(a.elements(), b.elements());
        } else if (!sameForm(from, to)) {
            add(Operation.Kind.REPLACE, false, after);
        }
        if (operations.size() > mark + 1 && !path.isEmpty()) {
            replaceIfShorter(after, mark, markBytes);
        }
    }

    private void replaceIfShorter(@Nullable Object after, int mark, long markBytes) {
        long separately = bytes - markBytes;
        long whole = Operation.overhead(path.length()) + Sizes.of(after, separately);
        if (whole < separately) {
            List<Operation> separate = operations.subList(mark, operations.size());
            List<Operation> instead = List.copyOf(separate);
            separate.clear();
            operations.add(
                    new Operation(Operation.Kind.REPLACE, path.toString(), false, after, instead));
            bytes = markBytes + whole;
        }
    }

    private void add(Operation.Kind kind, boolean isElement, @Nullable Object value) {
        operations.add(new Operation(kind, path.toString(), isElement, value));
        bytes += Operation.overhead(path.length());
        if (kind != Operation.Kind.REMOVE) {
            bytes += Sizes.of(value, Long.MAX_VALUE);
        }
    }

    private void members(Members before, Members after) {
        int alike = 0;
        while (alike < before.size()
                && alike < after.size()
                && before.names()[alike].equals(after.names()[alike])) {
            member(after.names()[alike], before.values()[alike], after.values()[alike]);
            alike++;
        }
        if (alike == before.size() && alike == after.size()) {
            return;
        }
        Map<String, Integer> rest = new HashMap<>();
        for (int i = alike; i < before.size(); i++) {
            rest.put(before.names()[i], i);
        }
        for (int i = alike; i < after.size(); i++) {
            String name = after.names()[i];
            Integer at = rest.remove(name);
            if (at == null) {
                at(name, Operation.Kind.ADD, after.values()[i]);
            } else {
                member(name, before.values()[at], after.values()[i]);
            }
        }
        rest.keySet().forEach(name -> at(name, Operation.Kind.REMOVE, null));
    }

    private void member(String name, @Nullable Object before, @Nullable Object after) {
        if (before != after) {
            int length = path.length();
            Pointer.append(name, path);
            between(before, after);
            path.setLength(length);
        }
    }

    private void at(String name, Operation.Kind kind, @Nullable Object value) {
        int length = path.length();
        Pointer.append(name, path);
        add(kind, false, value);
        path.setLength(length);
    }

    private void at(int index, Operation.Kind kind, @Nullable Object value) {
        int length = path.length();
        path.append('/').append(index);
        add(kind, true, value);
        path.setLength(length);
    }

    private void element(int index, @Nullable Object before, @Nullable Object after) {
        if (before != after) {
            int length = path.length();
            path.append('/').append(index);
            between(before, after);
            path.setLength(length);
        }
    }

    private void elements(@Nullable Object[] before, @Nullable Object[] after) {
        if (before == after) {
            return;
        }
        int shorter = Math.min(before.length, after.length);
        int start = 0;
        while (start < shorter && same(before[start], after[start])) {
            start++;
        }
        int end = 0;
        while (end < shorter - start
                && same(before[before.length - 1 - end], after[after.length - 1 - end])) {
            end++;
        }
        int oldEnd = before.length - end;
        int newEnd = after.length - end;
        if (oldEnd - start > 1 && newEnd > start || newEnd - start > 1 && oldEnd > start) {
            var alignment = Alignment.of(before, start, oldEnd, after, start, newEnd);
            int oldAt = start;
            int newAt = start;
            for (int i = 0; i < alignment.size(); i++) {
                gap(before, oldAt, alignment.before(i), after, newAt, alignment.after(i));
                oldAt = alignment.before(i) + 1;
                newAt = alignment.after(i) + 1;
            }
            gap(before, oldAt, oldEnd, after, newAt, newEnd);
        } else {
            gap(before, start, oldEnd, after, start, newEnd);
        }
    }

    /** A part of a list where nothing is kept, when all before it is as it should be. */
    private void gap(
            @Nullable Object[] before,
            int oldAt,
            int oldEnd,
            @Nullable Object[] after,
            int newAt,
            int newEnd) {
        int both = Math.min(oldEnd - oldAt, newEnd - newAt);
        for (int i = 0; i < both; i++) {
            element(newAt + i, before[oldAt + i], after[newAt + i]);
        }
        for (int i = newAt + both; i < newEnd; i++) {
            at(i, Operation.Kind.ADD, after[i]);
        }
        for (int i = oldEnd - 1; i >= oldAt + both; i--) {
            at(newAt + i - oldAt, Operation.Kind.REMOVE, null);
        }
    }

    /** Whether two frozen values are the same JSON. */
    static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one == other) {
            return true;
        }
        if (one instanceof Record
                && other instanceof Record
                && one.getClass() == other.getClass()
                && Kind.of(one.getClass()) instanceof Kind.Transparent(RecordShape shape)) {
            return sameRecords(shape, one, other);
        }
        if (one instanceof JsonNode a
                && other instanceof JsonNode b
                && a.size() != b.size()
                && a.isContainer()
                && b.isContainer()) {
            return false;
        }
        return sameForm(Forms.of(one), Forms.of(other));
    }

    private static boolean sameRecords(RecordShape shape, Object one, Object other) {
        for (int i = 0; i < shape.size(); i++) {
            if (!same(shape.value(one, i), shape.value(other, i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameForm(@Nullable Object one, @Nullable Object other) {
        return switch (one) {
            case null -> other == null;
            case Members members -> other instanceof Members m && sameMembers(members, m);
            case Sequence sequence -> other instanceof Sequence s && sameElements(sequence, s);
            case Number number when other instanceof Number n -> Numbers.same(number, n);
            case Object number when Forms.isLongNumber(number) || Forms.isLongNumber(other) ->
                    other != null && key(one).equals(key(other));
            default -> one.equals(other);
        };
    }

    private static ValueKey key(Object form) {
        return ValueKey.of(form instanceof JsonNode node ? node : Json.tree(form));
    }

    private static boolean sameElements(Sequence one, Sequence other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!same(one.elements()[i], other.elements()[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameMembers(Members one, Members other) {
        if (one.size() != other.size()) {
            return false;
        }
        int alike = 0;
        while (alike < one.size() && one.names()[alike].equals(other.names()[alike])) {
            if (!same(one.values()[alike], other.values()[alike])) {
                return false;
            }
            alike++;
        }
        Map<String, Integer> rest = new HashMap<>();
        for (int i = alike; i < one.size(); i++) {
            rest.put(one.names()[i], i);
        }
        for (int i = alike; i < other.size(); i++) {
            Integer at = rest.get(other.names()[i]);
            if (at == null || !same(one.values()[at], other.values()[i])) {
                return false;
            }
        }
        return true;
    }
}
