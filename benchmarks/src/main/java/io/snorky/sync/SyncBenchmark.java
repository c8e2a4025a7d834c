package io.snorky.sync;

import io.snorky.json.JsonWriter;

import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What it takes to send a change of a list: a snapshot, the difference from the one before, and the
 * patch as bytes. It lies in the package of what it measures, which is nobody else's.
 */
@NullMarked
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SyncBenchmark {

    /** An element of the list. */
    public record Item(int id, String title, boolean done) {}

    /** How many it has. */
    @Param({"1000", "100000"})
    public int items;

    /** What is counted besides time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Size {

        /** Bytes of the last patch of each iteration, added up. */
        public long patchBytes;
    }

    private final List<Item> list = new ArrayList<>();
    private final @Nullable Object[] values = {"My items", list};
    private final JsonWriter out = new JsonWriter();
    private Snapshot client = Snapshot.of(List.of("title", "items"), values);
    private int next;

    /** Fills the list, which the client gets. */
    @Setup
    public void fill() {
        while (list.size() < items) {
            list.add(item());
        }
        client = client.next(values);
    }

    private Item item() {
        return new Item(next, "Item number " + next++, false);
    }

    private void sync(Size size) {
        Snapshot now = client.next(values);
        Patch patch = Patch.between(client, now);
        if (patch.isLargerThan(now)) {
            throw new IllegalStateException(
                    "a patch of " + patch.operations().size() + " operations");
        }
        out.clear();
        patch.write(out);
        client = now;
        size.patchBytes = out.length();
    }

    /** One becomes another one with the same id and title. */
    @Benchmark
    public void changeField(Size size) {
        int at = next++ % items;
        Item item = list.get(at);
        list.set(at, new Item(item.id, item.title, !item.done));
        sync(size);
    }

    /** One comes to the front, and, not to let the list grow, the last goes. */
    @Benchmark
    public void insertAtFrontRemoveAtEnd(Size size) {
        list.addFirst(item());
        list.removeLast();
        sync(size);
    }

    /** One comes to the front; the next time it goes again. */
    @Benchmark
    public void insertAtFront(Size size) {
        if (list.size() > items) {
            list.removeFirst();
        } else {
            list.addFirst(item());
        }
        sync(size);
    }

    /** One in the middle goes; the next time it comes back. */
    @Benchmark
    public void removeInMiddle(Size size) {
        if (list.size() < items) {
            list.add(items / 2, item());
        } else {
            list.remove(items / 2);
        }
        sync(size);
    }

    /** Nothing has changed. */
    @Benchmark
    public void nothing(Size size) {
        sync(size);
    }

    /** Everything is looked at for the first time, and nothing is written. */
    @Benchmark
    public Snapshot first() {
        return Snapshot.of(List.of("title", "items"), values);
    }
}
