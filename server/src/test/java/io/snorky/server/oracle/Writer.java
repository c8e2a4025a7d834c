package io.snorky.server.oracle;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random transactions in one table: of one row or many, some rolled back.
 *
 * <p>Threads: one.
 */
final class Writer {

    private final Model model;
    private final Random random;
    private final String select;
    private final String update;

    Writer(Model model, Random random) {
        this.model = model;
        this.random = random;
        select = "SELECT * FROM %s WHERE id = ? FOR UPDATE".formatted(model.text);
        update =
                """
                UPDATE %s SET (id, color, score, weight, done, city, note, revision, gone)
                = (?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?\
                """
                        .formatted(model.text);
    }

    /** Changes rows; whoever called commits that or not. */
    List<Change> change(Connection connection) throws SQLException {
        List<Change> changes = new ArrayList<>();
        for (long id : someIds()) {
            try (PreparedStatement statement = connection.prepareStatement(select)) {
                statement.setLong(1, id);
                try (ResultSet found = statement.executeQuery()) {
                    found.next();
                    Change change = change(Row.read(found), found.getBoolean("gone"));
                    write(change, Row.read(found), connection);
                    changes.add(change);
                }
            }
        }
        return changes;
    }

    /** In order, so that transactions do not wait for each other for ever; some of them twice. */
    private long[] someIds() {
        int kind = random.nextInt(100);
        int count =
                kind < 55
                        ? 1
                        : kind < 80
                                ? 2 + random.nextInt(7)
                                : kind < 97 ? 20 + random.nextInt(60) : 200 + random.nextInt(600);
        return random.longs(count, 1, Database.ROWS + 1L).sorted().toArray();
    }

    private Change change(Row row, boolean gone) {
        long revision = row.revision() + 1;
        if (gone) {
            return new Change(model, null, Row.random(row.id(), revision, random), revision);
        }
        @Nullable Row after = random.nextInt(6) == 0 ? null : row.changed(random);
        return new Change(model, row, after, revision);
    }

    private void write(Change change, Row before, Connection connection) throws SQLException {
        Row after = change.after();
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            (after == null ? before.withRevision(change.revision()) : after).write(statement);
            statement.setBoolean(9, after == null);
            statement.setLong(10, change.id());
            statement.execute();
        }
    }
}
