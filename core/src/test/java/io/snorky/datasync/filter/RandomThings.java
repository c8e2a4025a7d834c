package io.snorky.datasync.filter;

import java.util.Random;
import java.util.StringJoiner;

/** Filters and rows that have something to do with each other. */
final class RandomThings {

    private static final String[] FIELDS = {"a", "b", "c", "d.e", "d.f", "d", "d.e.g", ""};
    private static final String[] ORDERS = {"<", "<=", ">", ">="};
    private static final String[] ODD_VALUES = {
        "null",
        "true",
        "false",
        "[]",
        "[1]",
        "{}",
        "{'e':1}",
        "1e1000000000",
        "-1e1000000000",
        "0.5",
        "1.0",
        "2e0",
        "'\ud83d\ude00'",
        "'\uffff'",
        "'\\ud800'"
    };

    private final Random random;
    private final int fields;
    private final int values;

    /**
     * @param fields how many there are, at most 8
     * @param values how many numbers there are, and strings
     */
    RandomThings(Random random, int fields, int values) {
        this.random = random;
        this.fields = fields;
        this.values = values;
    }

    private String value() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3, 4 -> Integer.toString(random.nextInt(values));
            case 5, 6, 7 -> "'" + random.nextInt(values) + "'";
            case 8 -> random.nextInt(values) + ".5";
            default -> ODD_VALUES[random.nextInt(ODD_VALUES.length)];
        };
    }

    String filter() {
        return filter(3);
    }

    private String filter(int depth) {
        int kind = random.nextInt(depth == 0 ? 6 : 12);
        return switch (kind) {
            case 0, 1, 2 -> "['==','%s',%s]".formatted(field(), value());
            case 3, 4, 5 -> "['%s','%s',%s]".formatted(ORDERS[random.nextInt(4)], field(), value());
            case 6 -> "['not'," + filter(depth - 1) + "]";
            case 7, 8 -> list("or", depth - 1);
            default -> list("and", depth - 1);
        };
    }

    private String list(String operator, int depth) {
        var list = new StringJoiner(",", "[", "]").add("'" + operator + "'");
        int length = random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(4);
        for (int i = 0; i < length; i++) {
            list.add(filter(depth));
        }
        return list.toString();
    }

    private String field() {
        return FIELDS[random.nextInt(fields + 1)];
    }

    String row() {
        if (random.nextInt(30) == 0) {
            return value();
        }
        return object("a", "b", "c", "d", "");
    }

    private String object(String... names) {
        var object = new StringJoiner(",", "{", "}");
        for (String name : names) {
            if (random.nextInt(5) > 0) {
                String value =
                        name.equals("d") && random.nextInt(4) > 0
                                ? object("e", "f")
                                : name.equals("e") && random.nextInt(4) == 0
                                        ? object("g")
                                        : value();
                object.add("'%s':%s".formatted(name, value));
            }
        }
        return object.toString();
    }
}
