package io.snorky.examples.todo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table of tasks within one transaction. */
final class TaskTable {

    private static final String SELECT = "select id, number, title, completed, version from task ";

    private final Connection connection;

    TaskTable(Connection connection) {
        this.connection = connection;
    }

    List<Task> all() throws SQLException {
        return query(SELECT + "order by number");
    }

    Optional<Task> find(UUID id) throws SQLException {
        return query(SELECT + "where id = ?", id).stream().findFirst();
    }

    /** Locks the task until the transaction ends, so that what was read is what is changed. */
    Optional<Task> lock(UUID id) throws SQLException {
        return query(SELECT + "where id = ? for update", id).stream().findFirst();
    }

    /** Locks all tasks that are, or are not, completed. */
    List<Task> lockCompleted(boolean completed) throws SQLException {
        return query(SELECT + "where completed = ? order by number for update", completed);
    }

    long count() throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("select count(*) from task");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    Task insert(UUID id, String title, boolean completed) throws SQLException {
        update(
                "insert into task (id, title, completed, version) values (?, ?, ?, 1)",
                id,
                title,
                completed);
        return query(SELECT + "where id = ?", id).getFirst();
    }

    void update(List<Task> tasks) throws SQLException {
        String sql = "update task set title = ?, completed = ?, version = ? where id = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Task task : tasks) {
                set(statement, task.title(), task.completed(), task.version(), task.id());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    void delete(List<Task> tasks) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("delete from task where id = ?")) {
            for (Task task : tasks) {
                set(statement, task.id());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private void update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, values);
            statement.executeUpdate();
        }
    }

    private List<Task> query(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, values);
            var tasks = new ArrayList<Task>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    tasks.add(read(row));
                }
            }
            return tasks;
        }
    }

    private static Task read(ResultSet row) throws SQLException {
        return new Task(
                row.getObject("id", UUID.class),
                row.getLong("number"),
                row.getString("title"),
                row.getBoolean("completed"),
                row.getLong("version"));
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
