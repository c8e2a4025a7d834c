package io.snorky.sync;

import io.snorky.Client;
import io.snorky.CloseReason;
import io.snorky.Message;
import io.snorky.Scheduler;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The home of one user's objects. It outlives connections, of which it has one at most, and who
 * comes takes the place of who is there; or, if sessions are {@linkplain
 * SyncSessions.Builder#shared shared}, any number, which all see the same.
 *
 * <p>Threads: any. What browsers say, and the coming and going of connections, happens one thing
 * after the other, in its <em>turn</em>; an action that blocks keeps what comes after it waiting,
 * also a new connection. A lock of its own, held for moments only, guards who is connected and
 * which objects there are. What is sent while nobody is connected goes nowhere.
 */
public final class SyncSession {

    private static final Logger LOG = System.getLogger(SyncSession.class.getName());
    private static final String TAKEN_OVER = "This session is open in another place now.";
    private static final String ENDED = "This session has ended.";

    private final SyncSessions home;
    private final SyncSessions.Key key;
    private final ReentrantLock turn = new ReentrantLock(true); // guards what follows
    private @Nullable SessionState state;
    private Scheduler.@Nullable Timer expiry;
    private int comings;
    private boolean ended;
    private final Outcomes outcomes = new Outcomes();

    private final ReentrantLock lock = new ReentrantLock(); // guards objects
    private final Map<String, SyncHandle> objects = new LinkedHashMap<>();
    private volatile List<Client> clients = List.of(); // written in turn

    /** Who has been told last that somebody else comes; nobody hears it twice. */
    private final AtomicReference<@Nullable Client> takenOver = new AtomicReference<>();

    SyncSession(SyncSessions home, SyncSessions.Key key) {
        this.home = home;
        this.key = key;
    }

    /** The session that the running thread works for: in factories, callbacks, actions, tasks. */
    public static Optional<SyncSession> current() {
        return Ambient.session();
    }

    /** Whose it is. */
    public SessionId id() {
        return key.id();
    }

    /** Whether a browser is connected. */
    public boolean isConnected() {
        return !clients.isEmpty();
    }

    /** The browsers that are connected, who came last at the end. */
    List<Client> clients() {
        return clients;
    }

    /** In turn. */
    Outcomes outcomes() {
        return outcomes;
    }

    private SyncLimits limits() {
        return home.surroundings().limits();
    }

    // --- Objects

    /** Adds an object under the key of its class. See {@link #register(Object, String)}. */
    public SyncHandle register(Object object) {
        return register(object, Exposure.of(object.getClass()).key());
    }

    /**
     * Adds an object. If there is one with that key already, the new one takes its place. The
     * session holds the object until it is closed or the session ends.
     *
     * @param key to which the scopes around this are added, see {@link KeyScope}
     * @throws io.snorky.ConfigurationException if its class cannot work; names all that is wrong
     */
    public SyncHandle register(Object object, String key) {
        return register(object, key, Exposure.of(object.getClass()));
    }

    /**
     * Adds an object that shows what is said here, see {@link #register(Object, String)}.
     *
     * @throws io.snorky.ConfigurationException if that cannot work; names all that is wrong
     */
    public SyncHandle register(Object object, Exposing exposing) {
        Exposure exposure = new ExposingScan(object.getClass(), exposing).scan();
        return register(object, exposure.key(), exposure);
    }

    private SyncHandle register(Object object, String key, Exposure exposure) {
        var handle =
                new SyncHandle(this, KeyScope.apply(key), object, exposure, home.surroundings());
        enter(handle);
        return handle;
    }

    /**
     * Adds an object that others may show, too, until it is {@linkplain #hide hidden} or closed or
     * the session ends. If there is one with its key already, it takes its place.
     *
     * @param shared by {@link SyncHandle#share}
     */
    public void show(SyncHandle shared) {
        if (!shared.isShared()) {
            throw new IllegalArgumentException(shared + " (expected: one by SyncHandle.share)");
        }
        if (!shared.equals(object(shared.key()))) {
            enter(shared);
        }
    }

    /** Takes a shared object out of this session; others show it on. */
    public void hide(SyncHandle shared) {
        if (shared.isShared()) {
            forget(shared);
            shared.leave(this);
        }
    }

    private void enter(SyncHandle handle) {
        SyncHandle before = put(handle);
        if (before != null) {
            LOG.log(Level.WARNING, "{0}: registered twice, the newer one counts", before);
            before.leave(this);
        }
        handle.enter(this);
    }

    private @Nullable SyncHandle put(SyncHandle handle) {
        lock.lock();
        try {
            return objects.put(handle.key(), handle);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets an object, but not one that has taken its place. */
    void forget(SyncHandle handle) {
        lock.lock();
        try {
            objects.remove(handle.key(), handle);
        } finally {
            lock.unlock();
        }
    }

    private List<SyncHandle> objects() {
        lock.lock();
        try {
            return new ArrayList<>(objects.values());
        } finally {
            lock.unlock();
        }
    }

    @Nullable SyncHandle object(String key) {
        lock.lock();
        try {
            return objects.get(key);
        } finally {
            lock.unlock();
        }
    }

    // --- Sending

    /** To all who are connected. */
    void send(Message message) {
        clients.forEach(each -> each.send(message));
    }

    /**
     * Shows a toast, and logs it.
     *
     * @param parts joined by blanks
     * @return the text
     */
    public String toast(ToastKind kind, Object... parts) {
        String text = Arrays.stream(parts).map(String::valueOf).collect(Collectors.joining(" "));
        LOG.log(kind.level(), () -> "Toast for " + this + ": " + text);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("type", kind.wireName());
        data.put("message", text);
        send(Frames.event("_TOAST", data));
        return text;
    }

    /**
     * Has the browser save a file: the one that asked for what is being done, in an action or a
     * task, otherwise the one that came last. What is larger than {@link SyncLimits} allows in an
     * event, the browser comes for by HTTP, within a minute and once.
     *
     * @param filename any text, which browsers make a safe name of
     * @param content neither copied nor to be changed any more
     * @return whether a browser was there to be told
     */
    public boolean download(String filename, byte[] content) {
        if (content.length > limits().maxDownloadBytes()) {
            return download(filename, DownloadSource.of(content));
        }
        Optional<Client> asker = asker();
        asker.ifPresent(to -> to.send(Downloads.event(filename, content)));
        return asker.isPresent();
    }

    /** As {@link #download(String, DownloadSource)}, with a file on disk. */
    public boolean download(String filename, Path file) {
        return download(filename, DownloadSource.of(file));
    }

    /**
     * Has that browser come for a file, by HTTP, and save it. The source is opened when it does,
     * which it may for a minute, once; it is not if it never does, or the session ends before.
     *
     * @return whether a browser was there to be told
     */
    public boolean download(String filename, DownloadSource source) {
        Optional<Client> asker = asker();
        asker.ifPresent(
                to -> to.send(home.downloads().event(this, new Download(filename, source))));
        return asker.isPresent();
    }

    /** Who asked for what is being done, otherwise who came last. */
    Optional<Client> asker() {
        List<Client> connected = clients;
        return Ambient.asker()
                .filter(connected::contains)
                .or(() -> connected.stream().reduce((earlier, later) -> later));
    }

    /**
     * Hangs up on its browsers, which do not come back by themselves.
     *
     * @param sentence what their user gets to read
     */
    public void disconnect(String sentence) {
        clients.forEach(each -> hangUp(each, sentence));
    }

    private static void hangUp(Client client, String sentence) {
        client.send(Frames.event("_DISCONNECT", sentence));
        client.close(CloseReason.NORMAL);
    }

    // --- Coming and going

    /** Does something in the session's turn. */
    private void inTurn(@Nullable Client asker, Runnable task) {
        turn.lock();
        try {
            Ambient.run(this, asker, task);
        } finally {
            turn.unlock();
        }
    }

    /**
     * A browser comes.
     *
     * @return false if the session has ended, and another one is needed
     */
    boolean attach(Client newcomer) {
        hangUpOnPredecessor(); // before it is this one's turn, so that a dead peer is closed early
        turn.lock();
        try {
            if (ended) {
                return false;
            }
            Ambient.run(this, newcomer, () -> enter(newcomer));
            return true;
        } finally {
            turn.unlock();
        }
    }

    private void hangUpOnPredecessor() {
        List<Client> connected = clients;
        if (home.isShared() || connected.isEmpty()) {
            return;
        }
        Client old = connected.getFirst();
        if (!old.equals(takenOver.getAndSet(old))) {
            hangUp(old, TAKEN_OVER);
        }
    }

    private void enter(Client newcomer) {
        if (state == null) {
            state = home.newState(this);
        }
        if (!home.isShared()) {
            hangUpOnPredecessor();
            clients.forEach(this::leave);
        }
        if (expiry != null) {
            expiry.cancel();
            expiry = null;
        }
        comings++;
        clients = Stream.concat(clients.stream(), Stream.of(newcomer)).toList();
        for (SyncHandle object : objects()) {
            try {
                object.attach(newcomer);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "The state of " + object + " cannot be sent", e);
            }
        }
        tell(SessionState::onConnect);
    }

    /** A browser has gone, or another one has taken its place already. */
    void detach(Client gone) {
        inTurn(
                null,
                () -> {
                    if (clients.contains(gone)) {
                        leave(gone);
                        if (clients.isEmpty()) {
                            expireUnlessSomebodyComes(comings);
                        }
                    }
                });
    }

    /** The scheduler's thread must not wait for the session's turn. */
    private void expireUnlessSomebodyComes(int known) {
        Runnable expire = () -> inTurn(null, () -> endIfNobodyCame(known));
        expiry =
                home.surroundings()
                        .scheduler()
                        .schedule(
                                limits().idleTimeout(),
                                () -> Thread.ofVirtual().name("snorky-expiry").start(expire));
    }

    private void leave(Client gone) {
        clients = clients.stream().filter(each -> !each.equals(gone)).toList();
        objects().forEach(object -> object.mirror().detach(gone));
        tell(SessionState::onDisconnect);
    }

    private void tell(Consumer<SessionState> what) {
        try {
            if (state != null) {
                what.accept(state);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A callback of " + this + " failed", e);
        }
    }

    /** Does what a browser says, if it is connected. */
    void receive(Client from, Runnable what) {
        inTurn(
                from,
                () -> {
                    if (clients.contains(from)) {
                        what.run();
                    }
                });
    }

    // --- The end

    private void endIfNobodyCame(int known) {
        if (comings == known) {
            end();
        }
    }

    /**
     * Ends the session: hangs up, cancels its tasks, closes its objects. Who comes with its ids
     * gets a new one. Waits for its turn, and so must not be called within {@link
     * SyncHandle#update}; a second call does nothing.
     */
    public void terminate() {
        inTurn(null, this::end);
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        home.forget(key, this);
        home.downloads().forget(this);
        if (expiry != null) {
            expiry.cancel();
        }
        for (Client connected : clients) {
            hangUp(connected, ENDED);
            leave(connected);
        }
        objects().forEach(object -> object.end(this));
        tell(SessionState::onTerminate);
    }

    @Override
    public String toString() {
        return "session " + id().session() + " of " + id().user();
    }
}
