package io.snorky.server.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Nothing is lost, and nobody is held up: threads of a web application do random transactions in a
 * database and publish what they did, 200 pages show random parts of it. Meanwhile connections are
 * cut, pages do not read, tokens expire, the log overflows, the server is stopped and started. At
 * random pauses and in the end, each page shows what the database says it should.
 *
 * <p>Takes about a minute. {@code -Dsnorky.oracle.seconds=3600} has it run for an hour; {@code
 * -Dsnorky.oracle.seed=42} repeats the choices of another run, though not how its threads took
 * turns.
 */
class DataSyncOracleTest {

    private static final long SEED = Long.getLong("snorky.oracle.seed", new Random().nextInt());
    private static final int SECONDS = Integer.getInteger("snorky.oracle.seconds", 55);
    private static final int PAUSES = 10;

    /** Further pauses, for what has not happened yet: on a slow machine little happens between. */
    private static final int FURTHER_PAUSES = 25;

    /** 100,000 if there are 100 seconds or more. */
    private static final long OPERATIONS = Math.min(100_000, 1_000L * SECONDS);

    private static final int MAX_MILLIS = 30_000;

    /** Between two pauses, at most. */
    private static final int MILLIS = Math.min(1_000 * SECONDS / PAUSES, MAX_MILLIS);

    private static final int PROBLEMS_TOLD = 3;

    /** What the service must have met. */
    private static final List<String> FIGURES = List.of("caught.up", "lags", "resyncs", "expired");

    /** Warns of each client that lags too much, of which there are many here. */
    private static final Logger LAGGARDS = Logger.getLogger("io.snorky.datasync.ClientReader");

    @BeforeAll
    static void be_quiet() {
        LAGGARDS.setLevel(Level.SEVERE);
    }

    @AfterAll
    static void be_as_before() {
        LAGGARDS.setLevel(null);
    }

    @Test
    @Timeout(value = 7, unit = TimeUnit.DAYS)
    void every_page_shows_what_the_database_has() throws Exception {
        System.out.println("Oracle test: -Dsnorky.oracle.seed=" + SEED);
        var run = new Run(SEED);
        var random = run.randomFor("pauses");
        try (var stage = new Stage(run)) {
            stage.begin();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            int pauses = 0;
            while (pauses <= PAUSES || stage.operations() < OPERATIONS || System.nanoTime() < end) {
                letHappen(MILLIS, run, random, stage);
                pauses++;
            }
            for (int i = 0; i < FURTHER_PAUSES && isMissing(run, stage); i++) {
                letHappen((2 + i) * MILLIS, run, random, stage); // what takes long has its time
            }
            expectThatMuchHappened(run, stage);
        }
    }

    private static void letHappen(int millis, Run run, Random random, Stage stage)
            throws Exception {
        run.unleash();
        run.idle(Run.upTo(Math.min(millis, MAX_MILLIS), random));
        expectNone(stage.inspect(), run);
    }

    private static void expectNone(List<String> problems, Run run) {
        if (!problems.isEmpty()) {
            fail(
                    "seed %d, %s: %d problems, of which the first are:\n%s",
                    SEED,
                    run.time(),
                    problems.size(),
                    String.join(
                            "\n", problems.subList(0, Math.min(PROBLEMS_TOLD, problems.size()))));
        }
    }

    private static void expectThatMuchHappened(Run run, Stage stage) {
        Map<String, Long> counts = counts(run, stage);
        System.out.println(run.time() + ": " + stage.operations() + " rows changed; " + counts);
        assertThat(missing(counts))
                .as("what has not happened in %s; all in all: %s", run.time(), counts)
                .isEmpty();
    }

    private static boolean isMissing(Run run, Stage stage) {
        return !missing(counts(run, stage)).isEmpty();
    }

    private static List<String> missing(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .filter(each -> each.getValue() == 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What has happened, and how often. */
    private static Map<String, Long> counts(Run run, Stage stage) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Happening happening : Happening.values()) {
            counts.put(happening.text, run.times(happening));
        }
        for (String figure : FIGURES) {
            counts.put(figure, stage.figure(figure));
        }
        return counts;
    }
}
