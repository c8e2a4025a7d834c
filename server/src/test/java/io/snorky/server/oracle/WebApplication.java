package io.snorky.server.oracle;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A web application whose threads change rows at random and publish what they did when they have
 * committed it; pages fetch from it.
 *
 * <p>Threads: any. Transactions of a model without versions are committed one at a time, so that
 * they are published in that order.
 */
final class WebApplication {

    /**
     * What a page wants.
     *
     * @param tag null for none
     */
    record Wanted(Query query, @Nullable String tag) {}

    /**
     * What a page gets.
     *
     * @param answers to its queries, in their order
     */
    record Fetched(String token, List<Database.Answer> answers) {}

    private record Batch(List<Change> changes, CountDownLatch published) {
        Batch(List<Change> changes) {
            this(changes, new CountDownLatch(1));
        }
    }

    private static final int OUTBOX = 64;

    private final Run run;
    private final Database database;
    private final BackEndCalls snorky;
    private final History history;
    private final LongAdder operations = new LongAdder();
    private final ReentrantLock order = new ReentrantLock(true);
    private final BlockingQueue<Batch> outbox = new LinkedBlockingQueue<>(OUTBOX);

    /** A transaction and its publishing read; a pause writes. */
    private final ReentrantReadWriteLock pause = new ReentrantReadWriteLock(true);

    WebApplication(Run run, Database database, BackEndCalls snorky, History history) {
        this.run = run;
        this.database = database;
        this.snorky = snorky;
        this.history = history;
    }

    /** Rows changed by transactions that were committed. */
    long operations() {
        return operations.sum();
    }

    // --- Pages

    /** Authorises a subscription, then reads: what changes in between comes twice, not never. */
    Fetched fetch(List<Wanted> wanted, boolean hasty) throws InterruptedException {
        run.happened(Happening.FETCHED);
        List<ObjectNode> items =
                wanted.stream().map(each -> each.query().item(each.tag())).toList();
        String token = snorky.authorize(hasty ? Site.HASTY : Site.PATIENT, items);
        return new Fetched(
                token, wanted.stream().map(each -> database.answer(each.query())).toList());
    }

    // --- Transactions

    /** Does transactions until the run is over. */
    void write(Model model, Random random) throws InterruptedException {
        Writer writer = new Writer(model, random);
        while (!run.isOver()) {
            pause.readLock().lockInterruptibly();
            try {
                if (model.versioned) {
                    publishLater(database.inTransaction(at -> commit(writer, random, at)), random);
                } else {
                    database.inTransaction(at -> commitInOrder(writer, random, at));
                }
            } finally {
                pause.readLock().unlock();
            }
        }
    }

    private List<Change> commit(Writer writer, Random random, Connection connection)
            throws SQLException {
        List<Change> changes = writer.change(connection);
        if (random.nextInt(15) == 0) {
            run.happened(Happening.ROLLED_BACK);
            return List.of(); // nothing of it has ever been
        }
        connection.commit();
        operations.add(changes.size());
        changes.forEach(history::committed);
        return changes;
    }

    private boolean commitInOrder(Writer writer, Random random, Connection connection)
            throws SQLException {
        List<Change> changes = new ArrayList<>(writer.change(connection));
        if (random.nextInt(15) == 0) {
            run.happened(Happening.ROLLED_BACK);
            return false;
        }
        order.lock();
        try {
            connection.commit();
            operations.add(changes.size());
            changes.forEach(history::committed);
            outbox.put(new Batch(changes));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            order.unlock();
        }
    }

    // --- Publishing

    private void publishLater(List<Change> changes, Random random) throws InterruptedException {
        if (random.nextInt(6) == 0) {
            run.idle(Run.upTo(60, random)); // others change these rows and are first
        }
        publish(changes);
    }

    /** Publishes what was committed in order, until interrupted. */
    void publishInOrder() throws InterruptedException {
        while (true) {
            Batch next = outbox.take();
            publish(next.changes);
            next.published.countDown();
        }
    }

    private void publish(List<Change> changes) throws InterruptedException {
        if (changes.isEmpty()) {
            return;
        }
        snorky.publish(changes.stream().map(Change::delta).toList());
        for (Change change : changes) {
            if (history.published(change)) {
                run.happened(Happening.PUBLISHED_LATE);
            }
        }
    }

    /** Waits until everything is published, and lets nobody write until the pause is closed. */
    Pause pause() throws InterruptedException {
        pause.writeLock().lockInterruptibly();
        Batch last = new Batch(List.of());
        outbox.put(last);
        last.published.await();
        return pause.writeLock()::unlock;
    }

    /** While nobody writes. */
    interface Pause extends AutoCloseable {
        @Override
        void close();
    }
}
