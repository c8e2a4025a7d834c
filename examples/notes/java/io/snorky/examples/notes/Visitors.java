package io.snorky.examples.notes;

import io.snorky.sync.Synced;
import io.snorky.sync.SyncedAs;
import io.snorky.sync.SyncedObject;

/**
 * How many pages are open: what pages look at, and do not write.
 *
 * <p>Threads: any; the count changes in {@link #update} only.
 */
@Synced(value = "VISITORS", onlyMarked = true)
public final class Visitors extends SyncedObject {

    private int pages;

    /** Pages that are connected. */
    @SyncedAs
    int pages() {
        return pages;
    }

    /** One more. */
    void came() {
        update(() -> pages++);
    }

    /** One less. */
    void left() {
        update(() -> pages--);
    }
}
