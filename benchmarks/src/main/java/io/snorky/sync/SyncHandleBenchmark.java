package io.snorky.sync;

import io.snorky.Client;
import io.snorky.Registry;
import io.snorky.benchmarks.micro.NowhereLoop;

import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A whole {@link SyncHandle#sync()} with one viewer: from the object to a message that is handed
 * over to the viewer's event loop. The list goes back and forth between two that are there before,
 * so that nothing but the sync is measured.
 */
@NullMarked
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SyncHandleBenchmark {

    /** An element of the list. */
    public record Item(int id, String title, boolean done) {}

    /** What can be done to a list. */
    public enum Change {
        /** One becomes another one with the same id and title. */
        FIELD,
        /** One comes to the front, or goes from there. */
        FRONT,
        /** One in the middle goes, or comes back. */
        MIDDLE
    }

    /** Kinds of lists. */
    public enum Kind {
        /** Made anew when something changes. */
        IMMUTABLE,
        /** Could have changed in any place since it was last looked at. */
        MUTABLE
    }

    /** What is shared. */
    @Synced("ITEMS")
    static final class Items extends SyncedObject {
        String title = "My items";
        List<Item> items = List.of();
    }

    /** What is counted besides time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Size {

        /** Bytes of the last message of each iteration, added up. */
        public long messageBytes;
    }

    /** How many elements the list has. */
    @Param({"1000", "100000"})
    public int items;

    @Param public Change change = Change.FIELD;

    @Param public Kind kind = Kind.IMMUTABLE;

    private final Items object = new Items();
    private final SyncHandle handle = SyncHandle.share(object);
    private List<Item> one = List.of();
    private List<Item> other = List.of();

    @SuppressWarnings("NullAway.Init") // by share
    private NowhereLoop loop;

    /** Makes both lists, and has a viewer look at one. */
    @Setup
    public void share(Blackhole blackhole) {
        List<Item> all = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            all.add(new Item(i, "Item number " + i, false));
        }
        one = list(all);
        int middle = items / 2;
        switch (change) {
            case FIELD -> all.set(middle, new Item(middle, "Item number " + middle, true));
            case FRONT -> all.addFirst(new Item(items, "Item number " + items, false));
            case MIDDLE -> all.remove(middle);
        }
        other = list(all);
        object.items = one;
        loop = new NowhereLoop(blackhole);
        Client viewer = new Registry().connect(loop.newConnection());
        handle.mirror().attach(viewer, true);
    }

    private List<Item> list(List<Item> elements) {
        return kind == Kind.MUTABLE ? new ArrayList<>(elements) : List.copyOf(elements);
    }

    /** The list is another one. */
    @Benchmark
    @SuppressWarnings("ReferenceEquality") // which of the two it is
    public boolean sync(Size size) {
        object.items = object.items == one ? other : one;
        boolean sent = handle.sync();
        size.messageBytes = loop.lastBytes();
        return sent;
    }
}
