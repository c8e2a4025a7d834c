package io.snorky.server.oracle;

import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Everybody who takes part: the database, the Snorky server and who restarts it, the web
 * application and its threads, the pages.
 */
final class Stage implements AutoCloseable {

    private static final int PAGES = 200;
    private static final int WRITERS = 4;
    private static final int RESTART_MILLIS = 12_000;
    private static final int AWAY_MILLIS = 1_000;

    private interface Role {
        void play() throws InterruptedException;
    }

    private final Run run;
    private final Database database;
    private final Site site;
    private final BackEndCalls calls;
    private final History history;
    private final WebApplication application;
    private final List<Page> pages;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Stage(Run run) throws SQLException {
        this.run = run;
        database = new Database(run);
        site = new Site(run);
        calls = new BackEndCalls(run, site);
        history = new History(run);
        application = new WebApplication(run, database, calls, history);
        var queries = new RandomQueries(run.randomFor("queries"));
        pages =
                IntStream.range(0, PAGES)
                        .mapToObj(i -> new Page(i, run, site, application, queries))
                        .toList();
    }

    void begin() {
        site.start();
        for (Page page : pages) {
            play(page::live);
        }
        for (Model model : Model.values()) {
            for (int i = 0; i < WRITERS; i++) {
                Random random = run.randomFor("writer " + model + i);
                play(() -> application.write(model, random));
            }
        }
        play(application::publishInOrder);
        play(this::restart);
    }

    private void play(Role role) {
        threads.execute(() -> {
            try {
                role.play();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error e) {
                run.problem(e + ", as " + e.getCause());
                throw e;
            }
        });
    }

    /** Stops the server now and then, and starts it again. */
    private void restart() throws InterruptedException {
        Random random = run.randomFor("restarts");
        while (!run.isOver()) {
            run.awaitFaults();
            run.idle(Run.upTo(RESTART_MILLIS, random));
            if (!run.isCalm()) {
                site.stop();
                run.idle(Run.upTo(AWAY_MILLIS, random));
                site.start();
                run.happened(Happening.RESTARTED);
            }
        }
    }

    /**
     * Has everybody pause, and compares what pages show with what the database has.
     *
     * @return what differs, and what else was wrong
     */
    List<String> inspect() throws InterruptedException, ExecutionException {
        run.calm();
        try (var pause = application.pause()) {
            var inspection = new Inspection(run, site, database, history, pages);
            inspection.awaitSilence();
            if (run.problems().isEmpty()) {
                inspection.differences().forEach(run::problem);
            }
        }
        return List.copyOf(run.problems());
    }

    /** Rows changed. */
    long operations() {
        return application.operations();
    }

    /** What the DataSync services have counted. */
    long figure(String name) {
        return site.figure(name);
    }

    @Override
    public void close() throws SQLException {
        run.end();
        threads.shutdownNow();
        threads.close();
        calls.close();
        site.close();
        database.close();
    }
}
