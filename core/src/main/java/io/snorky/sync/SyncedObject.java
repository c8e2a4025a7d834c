package io.snorky.sync;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An object whose state a browser mirrors:
 *
 * <pre>{@code
 * @Synced("NOTES")
 * final class Notes extends SyncedObject {
 *     private String title = "My Notes";
 *     private List<Note> notes = List.of();
 *
 *     @SyncedAs("size") int totalLength() { ... }
 *
 *     @Action void rename(String title) { this.title = title; sync(); }
 *
 *     @Task void importAll(URI from) throws InterruptedException { ... sync(); ... }
 * }
 * }</pre>
 *
 * <p>Nothing is sent by itself: after a change, {@link #sync()} sends what is different. The
 * methods here are those of a {@link SyncHandle}, which {@link SyncSession#register} also gives for
 * objects that extend something else; before that they throw {@code IllegalStateException}.
 *
 * <p>Threads: see {@link SyncHandle}.
 */
public abstract class SyncedObject implements AutoCloseable {

    private volatile @Nullable SyncHandle handle;

    /** An object that is in no session yet. */
    protected SyncedObject() {}

    final void enter(SyncHandle newHandle) {
        if (handle != null) {
            throw new IllegalStateException(
                    handle + ": registered already (expected: each object in one session)");
        }
        handle = newHandle;
    }

    private SyncHandle handle() {
        SyncHandle own = handle;
        if (own == null) {
            throw new IllegalStateException(
                    getClass().getSimpleName()
                            + ": in no session (expected: session.register before anything else)");
        }
        return own;
    }

    /** See {@link SyncHandle#session}. */
    protected final SyncSession session() {
        return handle().session();
    }

    /** See {@link SyncHandle#sync()}. */
    protected final boolean sync() {
        return handle().sync();
    }

    /** See {@link SyncHandle#sync(Duration)}. */
    protected final boolean sync(Duration ifSinceLast) {
        return handle().sync(ifSinceLast);
    }

    /** See {@link SyncHandle#sync(ToastKind, Object...)}. */
    protected final void sync(ToastKind kind, Object... toast) {
        handle().sync(kind, toast);
    }

    /** See {@link SyncHandle#update}. */
    protected final boolean update(Runnable change) {
        return handle().update(change);
    }

    /** See {@link SyncHandle#fetchState}. */
    protected final boolean fetchState() {
        return handle().fetchState();
    }

    /** See {@link SyncHandle#sendAction(String, Map)}. */
    protected final void sendAction(String name, Map<String, ?> arguments) {
        handle().sendAction(name, arguments);
    }

    /** See {@link SyncHandle#sendAction(String, byte[], Map)}. */
    protected final void sendAction(String name, byte[] bytes, Map<String, ?> arguments) {
        handle().sendAction(name, bytes, arguments);
    }

    /** See {@link SyncSession#toast}. */
    protected final String toast(ToastKind kind, Object... parts) {
        return handle().toast(kind, parts);
    }

    /** See {@link SyncSession#download(String, byte[])}. */
    protected final boolean download(String filename, byte[] content) {
        return handle().download(filename, content);
    }

    /** See {@link SyncSession#download(String, Path)}. */
    protected final boolean download(String filename, Path file) {
        return handle().download(filename, file);
    }

    /** See {@link SyncSession#download(String, DownloadSource)}. */
    protected final boolean download(String filename, DownloadSource source) {
        return handle().download(filename, source);
    }

    /** See {@link SyncHandle#runningTasks}. */
    protected final List<String> runningTasks() {
        return handle().runningTasks();
    }

    /** Takes it out of its session, if it is in one. */
    @Override
    public final void close() {
        SyncHandle own = handle;
        if (own != null) {
            own.close();
        }
    }
}
