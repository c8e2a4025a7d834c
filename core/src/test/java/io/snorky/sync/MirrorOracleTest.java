package io.snorky.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Nothing is lost, doubled or left different: several browsers edit one object at the same time as
 * the server does. Meanwhile connections stall, drain, are cut, and what was on its way is sent
 * again. In the end all have what the server has.
 *
 * <p>{@code -Dsnorky.oracle.seed=42} repeats the choices of another run, though not how its threads
 * took turns.
 */
class MirrorOracleTest {

    private static final long SEED = Long.getLong("snorky.oracle.seed", new Random().nextInt());
    private static final int BROWSERS = 6;
    private static final int STEPS = 4_000;

    /** What all of them edit. */
    @Synced("SHELF")
    static final class Shelf extends SyncedObject {

        record Book(String name, int read) {}

        List<Book> books = List.of();
        int edits;

        @SyncedAs("count")
        int count() {
            return books.size();
        }

        void change(Random random, String name) {
            update(() -> {
                List<Book> next = new ArrayList<>(books);
                int at = random.nextInt(next.size() + 1);
                int what = at == next.size() || next.size() < 5 ? 0 : random.nextInt(4);
                switch (what) {
                    case 0 -> next.add(at, new Book(name, 0));
                    case 1 -> next.remove(at);
                    default -> next.set(at, new Book(next.get(at).name, random.nextInt()));
                }
                while (next.size() > 30) {
                    next.remove(random.nextInt(next.size()));
                }
                books = List.copyOf(next);
                edits++;
            });
        }
    }

    private final Shelf shelf = new Shelf();
    private final SyncHandle shared = SyncHandle.share(shelf);
    private final SyncSessions sessions =
            SyncSessions.identified(session -> {
                session.show(shared);
                return new SessionState() {};
            });
    private final Semaphore turns = new Semaphore(0); // of the server
    private final AtomicBoolean calm = new AtomicBoolean();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger conflicts = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void all_browsers_end_with_what_the_server_has() throws InterruptedException {
        List<ModelBrowser> browsers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < BROWSERS; i++) {
            var browser = new ModelBrowser(sessions, "b" + i, new Random(SEED + i));
            browsers.add(browser);
            threads.add(run(() -> edit(browser)));
        }
        Thread server = run(this::editOnTheServer);
        for (Thread thread : threads) {
            thread.join();
        }
        calm.set(true);
        turns.release();
        server.join();
        for (ModelBrowser browser : browsers) {
            browser.settle();
        }
        assertThat(failures).as("seed %d", SEED).isEmpty();

        JsonNode expected =
                Json.tree(
                        Map.of("books", shelf.books, "edits", shelf.edits, "count", shelf.count()));
        for (ModelBrowser browser : browsers) {
            browser.settle(); // what others have brought by settling
            assertThat(browser.state()).as("seed %d, %s", SEED, browser).isEqualTo(expected);
            conflicts.addAndGet(browser.refused());
            writes.addAndGet(browser.accepted());
        }
        assertThat(shelf.books.stream().map(Shelf.Book::name)).doesNotHaveDuplicates();
        assertThat(writes.get()).as("writes that were taken").isGreaterThan(STEPS / 4);
        assertThat(conflicts.get()).as("conflicts").isPositive().isLessThan(writes.get());
    }

    private Thread run(Runnable what) {
        return Thread.startVirtualThread(() -> {
            try {
                what.run();
            } catch (Throwable e) {
                failures.add(e);
            }
        });
    }

    private void edit(ModelBrowser browser) {
        for (int i = 0; i < STEPS / BROWSERS; i++) {
            browser.step();
            turns.release(i % 2);
        }
    }

    private void editOnTheServer() {
        var random = new Random(SEED);
        for (int i = 0; !calm.get(); i++) {
            turns.acquireUninterruptibly();
            shelf.change(random, "server" + i);
        }
    }
}
