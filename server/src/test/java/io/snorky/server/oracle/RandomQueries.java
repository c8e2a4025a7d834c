package io.snorky.server.oracle;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Makes queries, some of them again and again, so that pages share views. */
final class RandomQueries {

    /** A filter and a condition that is never unknown, as a condition of SQL may be. */
    private record Condition(JsonNode filter, String where) {}

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int SHARED = 60;
    private static final List<String> COMPARISONS = List.of("<", "<=", ">", ">=");

    private final List<Query> shared;

    RandomQueries(Random random) {
        shared = IntStream.range(0, SHARED).mapToObj(i -> fresh(random)).toList();
    }

    /** One that others may have, too. */
    Query next(Random random) {
        return random.nextBoolean() ? fresh(random) : shared.get(random.nextInt(SHARED));
    }

    /** One that sees all rows. */
    static Query all(Random random) {
        return all(model(random));
    }

    private static Query all(Model model) {
        return new Query(model, "All" + model.text, JSON.nullNode(), "TRUE");
    }

    private static Model model(Random random) {
        return random.nextBoolean() ? Model.PLAYER : Model.TASK;
    }

    private static Query fresh(Random random) {
        Model model = model(random);
        int kind = random.nextInt(100);
        if (kind < 2) {
            return all(model);
        }
        if (kind < 40) {
            String color = color(random);
            return new Query(
                    model, model.text + "ByColor", JSON.stringNode(color), is("color", color));
        }
        if (kind < 42) {
            return new Query(model, model.text + "ByColor", JSON.nullNode(), "color IS NULL");
        }
        Condition condition = kind < 45 ? any(2, random) : narrow(random);
        return new Query(model, "Filtered" + model.text, condition.filter, condition.where);
    }

    private static String color(Random random) {
        return Row.COLORS.get(random.nextInt(Row.COLORS.size()));
    }

    private static String is(String column, String text) {
        return "(" + column + " IS NOT NULL AND " + column + " = '" + text + "')";
    }

    // --- Filters

    /** One that sees few rows, as those of real pages do. */
    private static Condition narrow(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> and(equalColor(random), any(1, random));
            case 1 -> and(equalColor(random), not(any(1, random)), any(1, random));
            case 2 -> or(range(random), and(equalColor(random), equalCity(random)));
            default -> range(random);
        };
    }

    private static Condition any(int depth, Random random) {
        int kind = depth == 0 ? random.nextInt(5) : random.nextInt(8);
        return switch (kind) {
            case 0 -> equalColor(random);
            case 1 -> equalCity(random);
            case 2 -> compare("score", random.nextInt(2 * Row.MAX_SCORE) / 2.0, random);
            case 3 -> compare("weight", random.nextInt(Row.MAX_WEIGHT), random);
            case 4 -> odd(random);
            case 5 -> not(any(depth - 1, random));
            case 6 -> and(any(depth - 1, random), any(depth - 1, random));
            default -> or(any(depth - 1, random), any(depth - 1, random), any(0, random));
        };
    }

    private static Condition equalColor(Random random) {
        String color = color(random);
        return new Condition(filter("==", "color", JSON.stringNode(color)), is("color", color));
    }

    private static Condition equalCity(Random random) {
        String city = Row.CITIES.get(random.nextInt(Row.CITIES.size()));
        return new Condition(filter("==", "place.city", JSON.stringNode(city)), is("city", city));
    }

    private static Condition compare(String column, double value, Random random) {
        String operator = COMPARISONS.get(random.nextInt(COMPARISONS.size()));
        return compare(column, operator, value);
    }

    private static Condition compare(String column, String operator, double value) {
        JsonNode number =
                value == Math.rint(value) ? JSON.numberNode((int) value) : JSON.numberNode(value);
        return new Condition(
                filter(operator, column, number),
                "(%s IS NOT NULL AND %s %s %s)".formatted(column, column, operator, number));
    }

    private static Condition range(Random random) {
        int from = random.nextInt(Row.MAX_SCORE);
        return and(
                compare("score", random.nextBoolean() ? ">" : ">=", from),
                compare("score", random.nextBoolean() ? "<" : "<=", from + random.nextInt(25)));
    }

    /** What is seldom asked. */
    private static Condition odd(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> new Condition(filter("==", "weight", JSON.nullNode()), "weight IS NULL");
            case 1 -> new Condition(filter("==", "done", JSON.booleanNode(true)), "done");
            case 2 -> new Condition(filter("==", "nowhere", JSON.nullNode()), "FALSE");
            case 3 -> new Condition(filter(">", "color", JSON.numberNode(1)), "FALSE");
            case 4 ->
                    new Condition(
                            filter(">=", "color", JSON.stringNode("n")),
                            "(color IS NOT NULL AND color >= 'n')");
            default -> new Condition(JSON.arrayNode().add("and"), "TRUE");
        };
    }

    private static ArrayNode filter(String operator, String field, JsonNode value) {
        return JSON.arrayNode().add(operator).add(field).add(value);
    }

    private static Condition not(Condition of) {
        return new Condition(JSON.arrayNode().add("not").add(of.filter), "(NOT " + of.where + ")");
    }

    private static Condition and(Condition... all) {
        return join("and", " AND ", all);
    }

    private static Condition or(Condition... any) {
        return join("or", " OR ", any);
    }

    private static Condition join(String operator, String between, Condition... parts) {
        ArrayNode filter = JSON.arrayNode().add(operator);
        List<String> where = new ArrayList<>();
        for (Condition part : parts) {
            filter.add(part.filter);
            where.add(part.where);
        }
        return new Condition(filter, "(" + String.join(between, where) + ")");
    }
}
