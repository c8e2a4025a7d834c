package io.snorky.examples.conformance;

import io.snorky.rpc.Default;
import io.snorky.sync.Action;
import io.snorky.sync.CancelHook;
import io.snorky.sync.Synced;
import io.snorky.sync.SyncedAs;
import io.snorky.sync.SyncedObject;
import io.snorky.sync.Task;
import io.snorky.sync.ToastKind;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the protocol's tests do with a synced object. */
@Synced(value = "NOTES", runningTasks = true)
final class Notes extends SyncedObject {

    private record Item(int id, String title, boolean done) {}

    private static final Duration BURST_GAP = Duration.ofMillis(100);
    private static final int BLOB_CYCLE = 251;

    private String title = "My Notes";
    private List<String> notes = List.of();
    private List<Item> items = List.of();
    private int count;
    private int uploaded;
    private int cancelled;

    @SyncedAs("size")
    int totalLength() {
        return notes.stream().mapToInt(String::length).sum();
    }

    @Action
    void rename(String title) {
        update(() -> this.title = title);
    }

    @Action
    void add(String note, @Nullable Integer at) {
        update(() -> {
            List<String> more = new ArrayList<>(notes);
            more.add(at == null ? more.size() : at, note);
            notes = List.copyOf(more);
        });
    }

    @Action
    void fill(int n) {
        update(() -> items = IntStream.range(0, n).mapToObj(Notes::item).toList());
    }

    private static Item item(int number) {
        return new Item(number, "item " + number, false);
    }

    @Action
    void edit(String kind) {
        update(() -> {
            List<Item> edited = new ArrayList<>(items);
            int middle = edited.size() / 2;
            switch (kind) {
                case "change" -> {
                    Item old = edited.get(middle);
                    edited.set(middle, new Item(old.id, old.title, !old.done));
                }
                case "insert" -> edited.addFirst(new Item(-1, "new", false));
                case "remove" -> edited.remove(middle);
                default ->
                        throw new IllegalArgumentException(
                                "kind: " + kind + " (expected: change, insert or remove)");
            }
            items = List.copyOf(edited);
        });
    }

    @Action
    void reset() {
        update(() -> {
            title = "My Notes";
            notes = List.of();
            items = List.of();
            count = 0;
            uploaded = 0;
            cancelled = 0;
        });
    }

    @Action
    void burst(int n) {
        for (int i = 1; i <= n; i++) {
            count = i;
            sync(BURST_GAP);
        }
    }

    @Action
    void boom() {
        throw new IllegalStateException("boom");
    }

    @Action
    void pingBack(@Default("0") int n) {
        sendAction("pong", Map.of("n", n, "from", "server"));
    }

    @Action
    void notify(@Default("\"Saved\"") String message, @Default("\"success\"") String kind) {
        toast(ToastKind.valueOf(kind.toUpperCase(Locale.ROOT)), message);
    }

    @Action
    void export() {
        String text =
                Stream.concat(Stream.of(title), notes.stream())
                        .collect(Collectors.joining("\n", "", "\n"));
        download("notes.txt", text.getBytes(StandardCharsets.UTF_8));
    }

    @Action
    void upload(byte[] data, @Default("\"\"") String name) {
        update(() -> {
            uploaded = data.length;
            if (!name.isEmpty()) {
                title = name;
            }
        });
    }

    @Action
    void blob(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i % BLOB_CYCLE);
        }
        sendAction("blob", bytes, Map.of("length", length));
    }

    @Task
    void slowCount(int to, int delayMs) throws InterruptedException {
        update(() -> count = 0);
        for (int i = 0; i < to; i++) {
            Thread.sleep(delayMs);
            update(() -> count++);
        }
    }

    @CancelHook("slowCount")
    void countCancelled() {
        update(() -> cancelled++);
    }

    @Task
    void explode() {
        throw new IllegalStateException("explode");
    }
}
