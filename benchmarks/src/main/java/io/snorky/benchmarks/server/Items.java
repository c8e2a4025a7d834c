package io.snorky.benchmarks.server;

import io.snorky.sync.Synced;
import io.snorky.sync.SyncedObject;
import io.snorky.sync.Task;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A list that all sessions show, and that changes when a task is started. In the end it says what a
 * list like its own comes to, for viewers to compare theirs with.
 */
@Synced("ITEMS")
public final class Items extends SyncedObject {

    /** What the title of an item says before the time of its last change. */
    public static final String CHANGED_AT = ", changed at ";

    private static final int TURNS = 20;
    private static final int INSERTS = 7;
    private static final int REMOVES = 17;

    /** An element of the list. */
    public record Item(int id, String title, boolean done) {}

    private final List<Item> items = new ArrayList<>();
    private int rounds;
    private String digest = "";

    private final transient Random random = new Random(1);
    private transient int next;

    Items(int size) {
        while (items.size() < size) {
            items.add(newItem());
        }
    }

    private Item newItem() {
        return new Item(next, "Item number " + next++, false);
    }

    /**
     * Changes one thing after the other, evenly: of twenty, eighteen titles; one is an item that
     * comes to the front, one an item in the middle that goes.
     */
    @Task
    void change(int times, int perSecond) throws InterruptedException {
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            long due = start + TimeUnit.SECONDS.toNanos(i) / perSecond;
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            int turn = i % TURNS;
            update(() -> changeOne(turn));
        }
        update(() -> {
            rounds++;
            digest = digest(items);
        });
    }

    private void changeOne(int turn) {
        int at = random.nextInt(items.size());
        switch (turn) {
            case INSERTS -> items.addFirst(newItem());
            case REMOVES -> items.remove(items.size() / 4 + at / 2);
            default -> {
                Item item = items.get(at);
                items.set(at, new Item(item.id, newTitle(item.id), item.done));
            }
        }
    }

    private static String newTitle(int id) {
        return "Item " + id + CHANGED_AT + ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /** What a list comes to: equal lists to the same, others to something else. */
    public static String digest(List<Item> items) {
        var text = new StringBuilder();
        items.forEach(item -> text.append(item).append('\n'));
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(sha.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has it", e);
        }
    }
}
