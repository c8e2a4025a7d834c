package io.snorky.examples.todo;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The list of tasks. Each method is one transaction; what it changed is handed to the publisher
 * after it is committed, never when it was undone.
 *
 * <p>Threads: may be shared. Changes are made one at a time: {@code order} is held from before the
 * first read of a transaction until its changes are in the publisher's queue, so that changes are
 * queued in the order in which they were committed. Nothing is sent while it is held.
 */
final class Tasks {

    /** Tasks in the list at most, so that all of them fit into one message. */
    static final int LIMIT = 1_000;

    private final Database database;
    private final Consumer<List<TaskChange>> publisher;
    private final ReentrantLock order = new ReentrantLock(true);

    /** What a transaction answers, and what it changed. */
    private record Outcome<T>(T answer, List<TaskChange> changes) {}

    private interface Change<T> {
        Outcome<T> in(TaskTable table) throws SQLException;
    }

    Tasks(Database database, Consumer<List<TaskChange>> publisher) {
        this.database = database;
        this.publisher = publisher;
    }

    /** All tasks, in the order of creation. */
    List<Task> all() throws SQLException {
        return database.transaction(connection -> new TaskTable(connection).all());
    }

    /** The task with this id; empty if there is none. */
    Optional<Task> find(UUID id) throws SQLException {
        return database.transaction(connection -> new TaskTable(connection).find(id));
    }

    /**
     * Adds a task; if its id is there already, nothing happens.
     *
     * @return the task as it is in the list now
     * @throws ApiError 409, if the list is full
     */
    Task add(UUID id, String title, boolean completed) throws SQLException {
        return change(table -> {
            Optional<Task> known = table.lock(id);
            if (known.isPresent()) {
                return new Outcome<>(known.get(), List.of());
            }
            if (table.count() >= LIMIT) {
                throw new ApiError(
                        409, "tasks: " + LIMIT + " (expected: fewer before one is added)");
            }
            Task task = table.insert(id, title, completed);
            return new Outcome<>(task, List.of(TaskChange.inserted(task)));
        });
    }

    /**
     * Changes one task.
     *
     * @return the task as it is now; empty if there is none with this id
     */
    Optional<Task> change(UUID id, TaskFields fields) throws SQLException {
        return change(table -> {
            List<Task> before = table.lock(id).stream().toList();
            Outcome<List<Task>> outcome = update(table, before, fields);
            return new Outcome<>(outcome.answer().stream().findFirst(), outcome.changes());
        });
    }

    /**
     * Sets {@code completed} of all tasks.
     *
     * @return those that it changed, as they are now
     */
    List<Task> completeAll(boolean completed) throws SQLException {
        return change(table ->
                update(table, table.lockCompleted(!completed), TaskFields.completed(completed)));
    }

    /**
     * Deletes one task.
     *
     * @return the task as it last was; empty if there is none with this id
     */
    Optional<Task> delete(UUID id) throws SQLException {
        return change(table -> {
            Optional<Task> task = table.lock(id);
            return new Outcome<>(task, delete(table, task.stream().toList()));
        });
    }

    /**
     * Deletes the completed tasks.
     *
     * @return them as they last were
     */
    List<Task> deleteCompleted() throws SQLException {
        return change(table -> {
            List<Task> tasks = table.lockCompleted(true);
            return new Outcome<>(tasks, delete(table, tasks));
        });
    }

    private <T> T change(Change<T> change) throws SQLException {
        order.lock();
        try {
            Outcome<T> outcome =
                    database.transaction(connection -> change.in(new TaskTable(connection)));
            publisher.accept(outcome.changes());
            return outcome.answer();
        } finally {
            order.unlock();
        }
    }

    private static Outcome<List<Task>> update(TaskTable table, List<Task> before, TaskFields fields)
            throws SQLException {
        var after = new ArrayList<Task>();
        var changed = new ArrayList<Task>();
        var changes = new ArrayList<TaskChange>();
        for (Task task : before) {
            Task next = task.with(fields);
            after.add(next);
            if (!next.equals(task)) {
                changed.add(next);
                changes.add(TaskChange.updated(task, next));
            }
        }
        table.update(changed);
        return new Outcome<>(after, changes);
    }

    private static List<TaskChange> delete(TaskTable table, List<Task> tasks) throws SQLException {
        table.delete(tasks);
        return tasks.stream().map(TaskChange::deleted).toList();
    }
}
