package io.snorky.examples.todo;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * The SQL database that holds the tasks: embedded H2, or whatever the JDBC address names. Speaks
 * only SQL that H2 and PostgreSQL share.
 *
 * <p>Threads: may be shared.
 */
final class Database implements AutoCloseable {

    private static final int CONNECTIONS = 8;
    private static final long CONNECTION_TIMEOUT_MILLIS = 5_000;

    private final HikariDataSource pool;

    /** What is done within one transaction. */
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private Database(HikariDataSource pool) {
        this.pool = pool;
    }

    /**
     * Connects, and creates the table if it is not there.
     *
     * @param address such as {@code jdbc:h2:file:./data/todo}
     */
    static Database open(String address) throws SQLException {
        var config = new HikariConfig();
        config.setJdbcUrl(durable(address));
        config.setAutoCommit(false);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        config.setPoolName("todo");
        var database = new Database(new HikariDataSource(config));
        try {
            database.transaction(Database::createTable);
        } catch (SQLException | RuntimeException failure) {
            database.close();
            throw failure;
        }
        return database;
    }

    /** Commits what the work did, or undoes it if it fails. */
    <T> T transaction(Work<T> work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            try {
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException failure) {
                rollBack(connection, failure);
                throw failure;
            }
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    /** H2 answers a commit up to half a second before the row is on disk, unless told not to. */
    private static String durable(String address) {
        boolean bare =
                address.startsWith("jdbc:h2:")
                        && !address.toUpperCase(Locale.ROOT).contains(";WRITE_DELAY=");
        return bare ? address + ";WRITE_DELAY=0" : address;
    }

    private static Void createTable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    create table if not exists task (
                        id uuid primary key,
                        number bigint generated always as identity unique,
                        title varchar(500) not null,
                        completed boolean not null,
                        version bigint not null
                    )\
                    """);
        }
        return null;
    }

    private static void rollBack(Connection connection, Exception failure) {
        try {
            connection.rollback();
        } catch (SQLException lost) {
            failure.addSuppressed(lost);
        }
    }
}
