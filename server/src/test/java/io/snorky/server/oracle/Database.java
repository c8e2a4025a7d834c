package io.snorky.server.oracle;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A table for each model, in memory. Rows that were deleted stay and are marked as gone, so that
 * their revisions go on when they return.
 *
 * <p>Threads: any.
 */
final class Database implements AutoCloseable {

    /** In each table, at most. */
    static final int ROWS = 800;

    /**
     * Longer than anybody has to wait for a row, also where all is slow: who has it may wait for
     * all that was committed before to be published.
     */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** What is done with a connection. */
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /**
     * What a query has found.
     *
     * @param rows by their id
     * @param elsewhere the revisions of all other rows that there are or were
     */
    record Answer(Map<Long, Row> rows, Map<Long, Long> elsewhere) {}

    private final String address;
    private final Connection first;
    private final BlockingQueue<Connection> idle = new LinkedBlockingQueue<>();

    Database(Run run) throws SQLException {
        Random random = run.randomFor("database");
        address =
                "jdbc:h2:mem:oracle%d;LOCK_TIMEOUT=%d"
                        .formatted(System.identityHashCode(run), PATIENCE.toMillis());
        first = DriverManager.getConnection(address);
        for (Model model : Model.values()) {
            try (Statement statement = first.createStatement()) {
                statement.execute("CREATE TABLE " + model.text + " (" + Row.COLUMNS + ")");
            }
            String insert = "INSERT INTO " + model.text + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
            try (PreparedStatement statement = first.prepareStatement(insert)) {
                for (int id = 1; id <= ROWS; id++) {
                    Row.random(id, 1, random).write(statement);
                    statement.setBoolean(9, random.nextInt(4) == 0);
                    statement.execute();
                }
            }
        }
    }

    /** A transaction that is rolled back unless the work has committed it. */
    <T> T inTransaction(Work<T> work) {
        try {
            Connection pooled = idle.poll();
            Connection connection = pooled == null ? DriverManager.getConnection(address) : pooled;
            connection.setAutoCommit(false);
            try {
                return work.with(connection);
            } finally {
                connection.rollback();
                idle.add(connection);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Asks, and gets all in one picture. */
    Answer answer(Query query) {
        String select =
                "SELECT *, NOT gone AND (%s) AS inside FROM %s"
                        .formatted(query.where(), query.model().text);
        return inTransaction(connection -> {
            Map<Long, Row> rows = new HashMap<>();
            Map<Long, Long> elsewhere = new HashMap<>();
            try (PreparedStatement statement = connection.prepareStatement(select);
                    ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    if (found.getBoolean("inside")) {
                        rows.put(found.getLong("id"), Row.read(found));
                    } else {
                        elsewhere.put(found.getLong("id"), found.getLong("revision"));
                    }
                }
            }
            return new Answer(rows, elsewhere);
        });
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : idle) {
            connection.close();
        }
        first.close();
    }
}
