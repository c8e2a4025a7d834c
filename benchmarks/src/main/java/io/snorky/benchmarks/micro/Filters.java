package io.snorky.benchmarks.micro;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.Random;

/**
 * Filters of mixed shapes, hardly any two of them equal, and rows that about ten of them are true
 * for, however many they are.
 *
 * <p>Of 100 filters 25 ask for an owner, 20 for an owner or a reviewer, 20 for a status, a project
 * and a minimal score, 20 for a range of prices, 10 for a status and a high score, 3 for a city and
 * not for a status, and 2 for no score that is not high.
 */
final class Filters {

    private static final String[] STATUSES = {"open", "waiting", "closed", "void"};
    private static final int PRICES = 1_000_000_000;
    private static final int SCORES = 100_000_000;

    private final Random random;
    private final int filters;
    private int made;

    /**
     * @param filters how many there will be
     */
    Filters(long seed, int filters) {
        random = new Random(seed);
        this.filters = filters;
    }

    JsonNode next() {
        return json(text(made++ % 100));
    }

    private String text(int shape) {
        if (shape < 25) {
            int owner = (made / 100 * 25 + shape) % owners();
            return "['==','owner.id'," + owner + "]";
        }
        if (shape < 45) {
            return "['or',['==','owner.id',%d],['==','reviewer.id',%d]]"
                    .formatted(owner(), reviewer());
        }
        if (shape < 65) {
            return "['and',['==','status','%s'],['==','project',%d],['>=','score',%d]]"
                    .formatted(status(), project(), random.nextInt(SCORES));
        }
        if (shape < 85) {
            long low = random.nextInt(PRICES);
            long width = 20L * PRICES / filters;
            return "['and',['>=','price',%d],['<','price',%d]]".formatted(low, low + width);
        }
        if (shape < 95) {
            return "['and',['==','status','%s'],['>','score',%d]]".formatted(status(), highScore());
        }
        if (shape < 97) {
            return "['not',['<=','score'," + highScore() + "]]";
        }
        return "['and',['==','city','city %d'],['not',['==','status','%s']]]"
                .formatted(city(), status());
    }

    JsonNode row() {
        return json(
                ("{'id':%d,'title':'Some row','status':'%s','owner':{'id':%d,'name':'Somebody'},"
                                + "'reviewer':{'id':%d},'project':%d,'price':%d,'score':%d,"
                                + "'city':'city %d'}")
                        .formatted(
                                random.nextInt(filters),
                                status(),
                                owner(),
                                reviewer(),
                                project(),
                                random.nextInt(PRICES),
                                random.nextInt(SCORES),
                                city()));
    }

    private String status() {
        return STATUSES[random.nextInt(STATUSES.length)];
    }

    private int owner() {
        return random.nextInt(owners());
    }

    private int owners() {
        return filters / 4;
    }

    private int reviewer() {
        return random.nextInt(filters / 5);
    }

    private int project() {
        return random.nextInt(filters / 80);
    }

    private int city() {
        return random.nextInt(filters / 20);
    }

    /** So high that few rows have a higher one, and those one that is higher than many ask for. */
    private int highScore() {
        return SCORES - random.nextInt((int) (60L * SCORES / filters)) - 1;
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
