package io.snorky.rpc;

import io.snorky.json.JsonWriter;

import java.util.function.Consumer;

/**
 * A writer for each thread that serves many clients, so that a reply needs no memory of its own.
 * Virtual threads, of which there may be many, get a new one each time.
 *
 * <p>Threads: any.
 */
final class Scratch {

    private static final int FIRST_BYTES = 256;

    /** A writer that has become larger than this is not kept. */
    private static final int KEPT_BYTES = 64 * 1024;

    private static final ThreadLocal<Scratch> OF_THIS_THREAD =
            ThreadLocal.withInitial(Scratch::new);

    private JsonWriter writer = new JsonWriter(FIRST_BYTES);
    private boolean isTaken;

    /** Lends an empty writer. What it holds is gone afterwards. */
    static void write(Consumer<JsonWriter> use) {
        Scratch scratch = Thread.currentThread().isVirtual() ? null : OF_THIS_THREAD.get();
        if (scratch == null || scratch.isTaken) { // by somebody further up in this thread
            use.accept(new JsonWriter(FIRST_BYTES));
            return;
        }
        scratch.isTaken = true;
        try {
            use.accept(scratch.writer);
        } finally {
            scratch.isTaken = false;
            scratch.clear();
        }
    }

    private void clear() {
        if (writer.capacity() > KEPT_BYTES) {
            writer = new JsonWriter(FIRST_BYTES);
        } else {
            writer.clear();
        }
    }
}
