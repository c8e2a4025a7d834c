package io.snorky.sync;

import io.snorky.Client;
import io.snorky.json.JsonException;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An object that browsers mirror: what {@link SyncSession#register} returns, and what a {@link
 * SyncedObject} has inside. It is either in one session, or {@linkplain #share shared}, and then in
 * all that {@linkplain SyncSession#show show} it: what it sends is encoded once for all their
 * browsers, and what one of them changes, the others see.
 *
 * <p>Threads: any. A lock guards what browsers are believed to hold. It is held while attributes
 * are read for them, while what a browser writes is assigned, and during {@link #update}. Tasks run
 * without it, and so do actions: those of a shared object one at a time, those of others in their
 * session's turn. What several of them change, they change in {@link #update}, or by putting one
 * immutable value in the place of another.
 */
public final class SyncHandle implements AutoCloseable {

    private static final Logger LOG = System.getLogger(SyncHandle.class.getName());

    private final String key;
    private final @Nullable SyncSession owner;
    private final Exposure exposure;
    private final Tasks tasks;
    private final Mirror mirror;
    private final Inbox inbox;
    private final Set<SyncSession> places = ConcurrentHashMap.newKeySet();

    /**
     * @param owner the session it is in, null if several share it
     */
    SyncHandle(
            @Nullable SyncSession owner,
            String key,
            Object object,
            Exposure exposure,
            Surroundings surroundings) {
        this.owner = owner;
        this.key = key;
        this.exposure = exposure;
        boolean isShared = owner == null;
        tasks = new Tasks(object, exposure.cancelHooks(), new TaskEvents());
        mirror =
                new Mirror(
                        key,
                        exposure.names(),
                        () -> exposure.values(object, tasks.names()),
                        surroundings,
                        this::syncLate,
                        isShared);
        inbox =
                new Inbox(
                        key, object, exposure, mirror, tasks, surroundings.patchLimits(), isShared);
        if (object instanceof SyncedObject synced) {
            synced.enter(this);
        }
    }

    /** Makes an object that several sessions show, under the key of its class. */
    public static SyncHandle share(Object object) {
        return share(object, Exposure.of(object.getClass()).key());
    }

    /**
     * Makes an object that several sessions show.
     *
     * @param key to which the scopes around this are added, see {@link KeyScope}
     * @throws io.snorky.ConfigurationException if its class cannot work; names all that is wrong
     */
    public static SyncHandle share(Object object, String key) {
        return share(object, key, Surroundings.DEFAULT);
    }

    /**
     * Makes an object that several sessions show, with what is said here.
     *
     * @throws io.snorky.ConfigurationException if that cannot work; names all that is wrong
     */
    public static SyncHandle share(Object object, Exposing exposing) {
        Exposure exposure = new ExposingScan(object.getClass(), exposing).scan();
        return new SyncHandle(
                null, KeyScope.apply(exposure.key()), object, exposure, Surroundings.DEFAULT);
    }

    static SyncHandle share(Object object, String key, Surroundings surroundings) {
        return new SyncHandle(
                null, KeyScope.apply(key), object, Exposure.of(object.getClass()), surroundings);
    }

    /** The full key, scopes included. */
    public String key() {
        return key;
    }

    /** Whether several sessions may show it. */
    public boolean isShared() {
        return owner == null;
    }

    /**
     * The session it is in. Of a shared one, the session that the running thread works for, in an
     * action or a task.
     *
     * @throws IllegalStateException if there is none
     */
    public SyncSession session() {
        if (owner != null) {
            return owner;
        }
        return SyncSession.current()
                .orElseThrow(() ->
                        new IllegalStateException(
                                this + ": which session? (expected: in an action or a task)"));
    }

    /** How many browsers see it now. */
    public int viewers() {
        return mirror.viewers();
    }

    /** The names of the tasks that run now. */
    public List<String> runningTasks() {
        return tasks.names();
    }

    // --- Towards the browsers

    /**
     * Sends what has changed since browsers were sent something last. Without a browser nothing is
     * sent or kept: the next one gets the whole state. A browser whose connection takes no more
     * gets, when it does again, one patch for all it has missed.
     *
     * @return whether something was sent
     * @throws JsonException if the state cannot be said in JSON; then nothing has happened
     */
    public boolean sync() {
        return mirror.sync();
    }

    /**
     * As {@link #sync()}, unless the last patch is younger than that: then it is done when that
     * time has passed, once for all calls until then.
     */
    public boolean sync(Duration ifSinceLast) {
        return mirror.sync(ifSinceLast);
    }

    private void syncLate() {
        try {
            sync();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A late sync of " + key + " failed", e);
        }
    }

    /** Syncs, then shows a toast. */
    public void sync(ToastKind kind, Object... toast) {
        sync();
        toast(kind, toast);
    }

    /** Changes the object while nobody else reads or writes its attributes for it, and syncs. */
    public boolean update(Runnable change) {
        return mirror.update(change);
    }

    /**
     * Asks a browser for the state it has: the one that asked for what is being done, in an action
     * or a task, otherwise the one that came last. Its answer is a write of all attributes, which
     * is taken or refused as any other.
     *
     * @return whether a browser was there to be asked
     */
    public boolean fetchState() {
        Optional<Client> asker = session().asker();
        asker.ifPresent(to -> to.send(Frames.event("_GET:" + key, Map.of())));
        return asker.isPresent();
    }

    /**
     * Calls an action in the browsers.
     *
     * @param arguments what Jackson can turn into JSON, by name; none is called {@code type}
     */
    public void sendAction(String name, Map<String, ?> arguments) {
        mirror.send(Frames.action(key, name, arguments));
    }

    /**
     * Calls an action in the browsers with bytes. One that is connected by SockJS gets an {@code
     * _ERROR} instead.
     *
     * @param bytes neither copied nor to be changed any more
     */
    public void sendAction(String name, byte[] bytes, Map<String, ?> arguments) {
        mirror.send(
                Frames.action(key, name, bytes, arguments),
                Dispatch.noBytes(null, "_ACTION:" + key, name));
    }

    /** See {@link SyncSession#toast}. */
    public String toast(ToastKind kind, Object... parts) {
        return session().toast(kind, parts);
    }

    /** See {@link SyncSession#download(String, byte[])}. */
    public boolean download(String filename, byte[] content) {
        return session().download(filename, content);
    }

    /** See {@link SyncSession#download(String, Path)}. */
    public boolean download(String filename, Path file) {
        return session().download(filename, file);
    }

    /** See {@link SyncSession#download(String, DownloadSource)}. */
    public boolean download(String filename, DownloadSource source) {
        return session().download(filename, source);
    }

    // --- Its sessions

    Mirror mirror() {
        return mirror;
    }

    Inbox inbox() {
        return inbox;
    }

    /** A session shows it. */
    void enter(SyncSession session) {
        places.add(session);
        for (Client client : session.clients()) {
            attach(client);
            if (!session.clients().contains(client)) {
                mirror.detach(client); // it went meanwhile
            }
        }
    }

    /** A browser of a session that shows it. */
    void attach(Client client) {
        mirror.attach(client, exposure.sendOnInit());
    }

    /** A session shows it no more. */
    void leave(SyncSession session) {
        places.remove(session);
        session.clients().forEach(mirror::detach);
    }

    /** The session has ended. */
    void end(SyncSession session) {
        if (owner == null) {
            leave(session);
        } else {
            close();
        }
    }

    /** Takes the object out of its sessions and cancels its tasks. A second call does nothing. */
    @Override
    public void close() {
        mirror.close();
        places.forEach(session -> session.forget(this));
        places.clear();
        tasks.close();
    }

    private final class TaskEvents implements Tasks.Observer {

        @Override
        public void changed() {
            if (exposure.runningTasks() != null) {
                syncLate();
            }
        }

        @Override
        public void failed(SyncSession session, String name, Throwable failure) {
            LOG.log(Level.ERROR, "Task " + name + " of " + key + " failed", failure);
            session.send(
                    Frames.error(
                            ErrorCode.FAILED, "The task failed", null, "_TASK_START:" + key, name));
        }
    }

    @Override
    public String toString() {
        return "synced object " + key + (owner == null ? "" : " of " + owner);
    }
}
