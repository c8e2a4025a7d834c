package io.snorky.examples.todo;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * What happened to one task: it was inserted (no {@code before}), updated or deleted (no {@code
 * after}).
 */
record TaskChange(@Nullable Task before, @Nullable Task after) {

    /** The model name by which Snorky's dealer knows the rows. */
    private static final String MODEL = "Task";

    TaskChange {
        if (before == null && after == null) {
            throw new IllegalArgumentException("neither before nor after is there");
        }
    }

    static TaskChange inserted(Task task) {
        return new TaskChange(null, task);
    }

    static TaskChange updated(Task before, Task after) {
        return new TaskChange(before, after);
    }

    static TaskChange deleted(Task task) {
        return new TaskChange(task, null);
    }

    /** The task that it happened to. */
    UUID id() {
        return Objects.requireNonNull(after == null ? before : after).id();
    }

    /**
     * Both changes of one task as a single one.
     *
     * @return null if nothing is left of them: what was inserted is deleted again
     */
    @Nullable TaskChange then(TaskChange next) {
        return before == null && next.after == null ? null : new TaskChange(before, next.after);
    }

    /** This change as a delta on the wire: type, model and the data before and after. */
    Map<String, Object> toDelta() {
        var delta = new LinkedHashMap<String, Object>();
        delta.put("type", before == null ? "insert" : after == null ? "delete" : "update");
        delta.put("model", MODEL);
        if (before != null && after != null) {
            delta.put("oldData", before);
            delta.put("newData", after);
        } else {
            delta.put("data", Objects.requireNonNull(after == null ? before : after));
        }
        return delta;
    }
}
