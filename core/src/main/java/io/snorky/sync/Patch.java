package io.snorky.sync;

import io.snorky.json.JsonException;
import io.snorky.json.JsonWriter;

import java.util.List;

/**
 * What has changed between two snapshots, as JSON Patch (RFC 6902): applied in order to the earlier
 * state it gives the later one. It has {@code add}, {@code replace} and {@code remove} only.
 *
 * <p>To make one costs one comparison of references for each value that is still the same one, and
 * more only for what is not. An insertion into a list or a removal is found as such. A number whose
 * exact value is the same is not sent again: {@code 1} is {@code 1.0}.
 *
 * <p>Threads: immutable.
 */
final class Patch {

    private final List<Operation> operations;
    private final long bytes;

    private Patch(List<Operation> operations, long bytes) {
        this.operations = operations;
        this.bytes = bytes;
    }

    /**
     * @param before of the same attributes as {@code after}
     * @throws JsonException if a changed value cannot be said in JSON. The rest may show only when
     *     the patch is written; until it has been, the client has {@code before}
     */
    static Patch between(Snapshot before, Snapshot after) {
        var differences = new Differences();
        differences.between(before.state(), after.state());
        return new Patch(differences.operations(), differences.bytes());
    }

    /** Some operations, however long. */
    static Patch of(List<Operation> operations) {
        return new Patch(List.copyOf(operations), 0);
    }

    boolean isEmpty() {
        return operations.isEmpty();
    }

    /** In the order in which they have to be applied. */
    List<Operation> operations() {
        return operations;
    }

    /**
     * Whether the state is better sent as a whole. Both sizes are estimates; no more of the state
     * is looked at than the patch is long.
     *
     * @param after what the patch leads to
     */
    boolean isLargerThan(Snapshot after) {
        return bytes > Sizes.of(after.state(), bytes + 1);
    }

    /**
     * Writes the operations as one array.
     *
     * @throws JsonException if a value cannot be said in JSON, naming its path
     */
    void write(JsonWriter out) {
        String separator = "[";
        for (Operation operation : operations) {
            out.raw(separator);
            try {
                operation.write(out);
            } catch (JsonException e) {
                throw new JsonException("\"" + operation.path() + "\": " + e.getMessage());
            }
            separator = ",";
        }
        out.raw(operations.isEmpty() ? "[]" : "]");
    }
}
