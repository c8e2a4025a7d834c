package io.snorky.examples.notes;

import io.snorky.rpc.RpcError;
import io.snorky.sync.Action;
import io.snorky.sync.CancelHook;
import io.snorky.sync.Synced;
import io.snorky.sync.SyncedAs;
import io.snorky.sync.SyncedObject;
import io.snorky.sync.Task;
import io.snorky.sync.ToastKind;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A list of notes, shared by all sessions. Pages see what is marked {@link SyncedAs}, and write it
 * where there is a method with one parameter for that; they call what is marked {@link Action} or
 * {@link Task}.
 *
 * <p>Threads: any. The list is immutable, and another one takes its place in {@link #update}, which
 * keeps tasks, actions and what pages write apart.
 */
@Synced(value = "NOTES", onlyMarked = true, runningTasks = true)
public final class Notes extends SyncedObject {

    /** How often tasks do something. */
    static final Duration PACE = Duration.ofMillis(250);

    private static final int LIMIT = 500;
    private static final Comparator<Note> ORDER =
            Comparator.comparing(Note::done)
                    .thenComparing(Note::text, String.CASE_INSENSITIVE_ORDER);

    private final Duration pace;
    private volatile List<Note> notes =
            List.of(
                    Note.of("Open this page in a second window", false),
                    Note.of("Write here and watch it there", false),
                    Note.of("Build Snorky", true));
    private volatile @Nullable Progress progress;

    /** A list with a few notes that say what to do, and tasks of that pace. */
    Notes(Duration pace) {
        this.pace = pace;
    }

    // --- What pages see

    /** Notes there may be. */
    @SyncedAs
    int limit() {
        return LIMIT;
    }

    @SyncedAs
    List<Note> notes() {
        return notes;
    }

    /** What a page writes. An exception refuses it; the page then shows the list as it was. */
    void notes(List<Note> newNotes) {
        if (newNotes.size() > LIMIT) {
            throw new RpcError("notes", newNotes.size(), "up to " + LIMIT);
        }
        notes = List.copyOf(newNotes);
    }

    /** How far the import is, while there is one. */
    @SyncedAs
    @Nullable Progress progress() {
        return progress;
    }

    // --- What pages call

    /** Makes notes of a text file's lines: an action with bytes. */
    @Action
    void upload(byte[] data, String name) {
        List<Note> read = Checklist.read(name, data);
        update(() -> add(read));
        toast(ToastKind.SUCCESS, read.size(), "from", name);
    }

    /** Gives the page all notes as a text file. */
    @Action("download")
    void save() {
        download("notes.md", Checklist.write(notes));
    }

    /** Adds some books, one by one: a task, as an action that takes that long holds others up. */
    @Task
    void importBooks() throws InterruptedException {
        int total = ReadingList.BOOKS.size();
        int done = 0;
        while (done < total && notes.size() < LIMIT) {
            Note book = Note.of("Read " + ReadingList.BOOKS.get(done), false);
            var now = new Progress(++done, total);
            update(() -> {
                add(List.of(book));
                progress = now;
            });
            Thread.sleep(pace);
        }
        update(() -> progress = null);
        if (done == total) {
            toast(ToastKind.SUCCESS, total, "books imported");
        } else {
            toast(ToastKind.WARNING, done, "books imported: the list is full");
        }
    }

    /** Runs when the import was cancelled and has ended. What it has added stays. */
    @CancelHook("importBooks")
    void importCancelled() {
        Progress last = progress;
        update(() -> progress = null);
        int done = last == null ? 0 : last.done(); // it was cancelled before it began
        toast(ToastKind.INFO, "Import stopped after", done, "of", ReadingList.BOOKS.size());
    }

    /** Sorts, one note at a time. Others may change the list meanwhile. */
    @Task
    void sort() throws InterruptedException {
        while (firstAmiss(notes) > 0) {
            update(() -> notes = withOneMoreInPlace(notes));
            Thread.sleep(pace);
        }
        toast(ToastKind.SUCCESS, "Sorted");
    }

    /** In {@link #update}. */
    private void add(List<Note> more) {
        List<Note> all = new ArrayList<>(notes);
        all.addAll(more);
        notes(all);
    }

    /** The place of the first note that belongs before the one before it, or -1. */
    private static int firstAmiss(List<Note> notes) {
        for (int i = 1; i < notes.size(); i++) {
            if (ORDER.compare(notes.get(i - 1), notes.get(i)) > 0) {
                return i;
            }
        }
        return -1;
    }

    private static List<Note> withOneMoreInPlace(List<Note> notes) {
        int from = firstAmiss(notes);
        if (from < 0) {
            return notes; // somebody else was faster
        }
        List<Note> sorted = new ArrayList<>(notes);
        Note moved = sorted.remove(from);
        int to = 0;
        while (ORDER.compare(sorted.get(to), moved) <= 0) {
            to++;
        }
        sorted.add(to, moved);
        return List.copyOf(sorted);
    }
}
