package io.snorky.server.oracle;

import static org.awaitility.Awaitility.await;

import io.snorky.server.oracle.PageSubscription.Item;

import org.awaitility.core.ConditionTimeoutException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Looks at all pages while nobody writes: does each show what the database has? */
final class Inspection {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ROWS_TOLD = 3;

    private static final int PAGES_TOLD = 3;

    private final Run run;
    private final Site site;
    private final Database database;
    private final History history;
    private final List<Page> pages;
    private final Map<Query, Map<Long, Row>> truth = new HashMap<>();

    Inspection(Run run, Site site, Database database, History history, List<Page> pages) {
        this.run = run;
        this.site = site;
        this.database = database;
        this.history = history;
        this.pages = pages;
    }

    /** Waits until everything that has been sent has come, or there are problems. */
    void awaitSilence() {
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> !run.problems().isEmpty() || isSilent());
        } catch (ConditionTimeoutException e) {
            var text = new StringBuilder("There is no silence; subscriptions that lag: ");
            text.append(site.figureNow("lagging")).append('\n');
            pages.stream()
                    .filter(page -> !page.isSettled())
                    .limit(PAGES_TOLD)
                    .forEach(page -> {
                        text.append("  What ").append(page).append(" waits for:\n");
                        lines(page.diary(), text);
                    });
            run.problem(text.toString());
        }
    }

    private boolean isSilent() throws InterruptedException {
        return hasCaughtUp() && connectionsStay();
    }

    private boolean hasCaughtUp() {
        return pages.stream().allMatch(Page::isSettled) && site.figureNow("lagging") == 0;
    }

    /** Whether each page gets an answer on the connection it has. */
    private boolean connectionsStay() throws InterruptedException {
        List<Integer> before = connections();
        CountDownLatch answers = new CountDownLatch(pages.size());
        for (Page page : pages) {
            page.sayHello(answers::countDown);
        }
        return answers.await(10, TimeUnit.SECONDS) && hasCaughtUp() && before.equals(connections());
    }

    private List<Integer> connections() {
        return pages.stream().map(Page::connections).toList();
    }

    /** What pages show that the database has not, and the other way round. */
    List<String> differences() throws InterruptedException, ExecutionException {
        List<String> differences = new ArrayList<>();
        for (Page page : pages) {
            FutureTask<List<String>> question = new FutureTask<>(() -> differencesOf(page));
            page.ask(question);
            differences.addAll(question.get());
        }
        return differences;
    }

    private List<String> differencesOf(Page page) {
        List<String> differences = new ArrayList<>();
        for (Item item : page.items()) {
            Map<Long, Row> expected =
                    truth.computeIfAbsent(item.query(), asked -> database.answer(asked).rows());
            if (!expected.equals(item.shown().rows())) {
                differences.add(describe(page, item, expected));
            }
        }
        return differences;
    }

    private String describe(Page page, Item item, Map<Long, Row> expected) {
        Map<Long, Row> shown = item.shown().rows();
        SortedSet<Long> wrong = new TreeSet<>(expected.keySet());
        wrong.addAll(shown.keySet());
        wrong.removeIf(id -> Objects.equals(expected.get(id), shown.get(id)));
        var text = new StringBuilder();
        text.append(page).append(", tag ").append(item.tag()).append(", ").append(item.query());
        text.append(": ").append(wrong.size()).append(" rows differ\n");
        wrong.stream()
                .limit(ROWS_TOLD)
                .forEach(id -> {
                    text.append("  shown ").append(shown.get(id));
                    text.append("\n  instead of ").append(expected.get(id)).append("\n");
                    lines(history.of(item.query(), id), text);
                    lines(item.shown().heardOf(id), text);
                });
        text.append("  What the page went through:\n");
        lines(page.diary(), text);
        return text.toString();
    }

    private static void lines(List<String> lines, StringBuilder to) {
        lines.forEach(line -> to.append("    ").append(line).append("\n"));
    }
}
