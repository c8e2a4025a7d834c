package io.snorky.server.oracle;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;

/**
 * A row of either model.
 *
 * @param revision grows with each change of the row, also over deletion and return
 */
record Row(
        long id,
        @Nullable String color,
        int score,
        @Nullable Integer weight,
        boolean done,
        String city,
        String note,
        long revision) {

    static final List<String> COLORS =
            List.of(
                    "red", "green", "blue", "cyan", "black", "white", "pink", "gold", "grey",
                    "lime", "navy", "teal", "plum", "rose", "sand", "snow", "wine", "ruby");
    static final List<String> CITIES = List.of("Oslo", "Rome", "Lima", "Kyiv", "Cairo", "Quito");
    static final int MAX_SCORE = 1000;
    static final int MAX_WEIGHT = 20;

    static final String COLUMNS =
            """
            id BIGINT PRIMARY KEY, color VARCHAR, score INT NOT NULL, weight INT,
            done BOOLEAN NOT NULL, city VARCHAR NOT NULL, note VARCHAR NOT NULL,
            revision BIGINT NOT NULL, gone BOOLEAN NOT NULL\
            """;

    /** Anything, with a note that is long now and then. */
    static Row random(long id, long revision, Random random) {
        return new Row(
                id,
                color(random),
                random.nextInt(MAX_SCORE),
                weight(random),
                random.nextBoolean(),
                CITIES.get(random.nextInt(CITIES.size())),
                "n".repeat(random.nextInt(10) == 0 ? random.nextInt(1500) : 5),
                revision);
    }

    private static @Nullable String color(Random random) {
        int number = random.nextInt(COLORS.size() + 1);
        return number == 0 ? null : COLORS.get(number - 1);
    }

    private static @Nullable Integer weight(Random random) {
        return random.nextInt(4) == 0 ? null : random.nextInt(MAX_WEIGHT);
    }

    /** The same row after a change: seldom all of it is different. */
    Row changed(Random random) {
        Row other = random(id, revision + 1, random);
        int what = random.nextInt(16);
        return new Row(
                id,
                (what & 3) == 0 ? other.color : color,
                (what & 3) == 1 ? other.score : score,
                (what & 3) == 2 ? other.weight : weight,
                (what & 3) == 3 ? other.done : done,
                what < 4 ? other.city : city,
                other.note,
                other.revision);
    }

    Row withRevision(long newRevision) {
        return new Row(id, color, score, weight, done, city, note, newRevision);
    }

    static Row read(ResultSet from) throws SQLException {
        int weight = from.getInt("weight");
        boolean hasWeight = !from.wasNull();
        return new Row(
                from.getLong("id"),
                from.getString("color"),
                from.getInt("score"),
                hasWeight ? weight : null,
                from.getBoolean("done"),
                from.getString("city"),
                from.getString("note"),
                from.getLong("revision"));
    }

    /** Sets all columns but the last, in their order. */
    void write(PreparedStatement to) throws SQLException {
        to.setLong(1, id);
        to.setString(2, color);
        to.setInt(3, score);
        to.setObject(4, weight);
        to.setBoolean(5, done);
        to.setString(6, city);
        to.setString(7, note);
        to.setLong(8, revision);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id).put("color", color).put("score", score).put("weight", weight);
        json.put("done", done).putObject("place").put("city", city);
        return json.put("note", note).put("revision", revision);
    }

    static Row read(JsonNode json) {
        JsonNode color = json.get("color");
        JsonNode weight = json.get("weight");
        return new Row(
                json.get("id").longValue(),
                color.isNull() ? null : color.stringValue(),
                json.get("score").intValue(),
                weight.isNull() ? null : weight.intValue(),
                json.get("done").booleanValue(),
                json.get("place").get("city").stringValue(),
                json.get("note").stringValue(),
                json.get("revision").longValue());
    }

    @Override
    public String toString() {
        return "%d: %s, score %d, weight %s, %s, %s, revision %d"
                .formatted(id, color, score, weight, done ? "done" : "open", city, revision);
    }
}
