package io.snorky.sync;

import io.snorky.Client;
import io.snorky.Scheduler;
import io.snorky.json.JsonException;
import io.snorky.json.JsonWriter;
import io.snorky.rpc.RpcError;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An object in its session: what {@link SyncSession#register} returns, and what a {@link
 * SyncedObject} has inside.
 *
 * <p>Threads: any. A lock guards what the browser is believed to hold. It is held while attributes
 * are read for it, while what the browser writes is assigned, and during {@link #update}. Actions
 * and tasks run without it, at the same time: what several of them change, they change in {@link
 * #update}, or by putting one immutable value in the place of another.
 */
public final class SyncHandle implements AutoCloseable {

    private static final Logger LOG = System.getLogger(SyncHandle.class.getName());

    private record Write(Attribute attribute, @Nullable Object before, @Nullable Object after) {}

    private final SyncSession session;
    private final String key;
    private final Object object;
    private final Exposure exposure;
    private final List<String> names;
    private final Tasks tasks;
    private final ReentrantLock lock = new ReentrantLock(); // guards what follows
    private Snapshot known;
    private @Nullable Client viewer;
    private @Nullable Instant lastPatch;
    private Scheduler.@Nullable Timer trailing;
    private boolean closed;

    SyncHandle(SyncSession session, String key, Object object, Exposure exposure) {
        this.session = session;
        this.key = key;
        this.object = object;
        this.exposure = exposure;
        this.names = exposure.names();
        this.tasks = new Tasks(session, object, exposure.cancelHooks(), new TaskEvents());
        this.known = Snapshot.of(names, exposure.values(object, List.of()));
    }

    /** The full key, scopes included. */
    public String key() {
        return key;
    }

    /** The session it is in. */
    public SyncSession session() {
        return session;
    }

    /** The names of the tasks that run now. */
    public List<String> runningTasks() {
        return tasks.names();
    }

    // --- Towards the browser

    /**
     * Sends what has changed since the browser was sent something last. Without a browser nothing
     * is sent or kept: the next one gets the whole state.
     *
     * @return whether something was sent
     * @throws JsonException if the state cannot be said in JSON; then nothing has happened
     */
    public boolean sync() {
        lock.lock();
        try {
            return sendChange();
        } finally {
            lock.unlock();
        }
    }

    /**
     * As {@link #sync()}, unless the last patch is younger than that: then it is done when that
     * time has passed, once for all calls until then.
     */
    public boolean sync(Duration ifSinceLast) {
        lock.lock();
        try {
            Duration left = lastPatch == null ? Duration.ZERO : left(lastPatch, ifSinceLast);
            if (!left.isPositive()) {
                return sendChange();
            }
            if (trailing == null && viewer != null) {
                trailing =
                        session.scheduler()
                                .schedule(left, () -> Thread.startVirtualThread(this::syncLate));
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private Duration left(Instant last, Duration gap) {
        Duration since = Duration.between(last, session.now());
        return since.isNegative() ? Duration.ZERO : gap.minus(since);
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
        lock.lock();
        try {
            change.run();
            return sendChange();
        } finally {
            lock.unlock();
        }
    }

    /** With the lock. */
    private boolean sendChange() {
        Client to = viewer;
        if (to == null) {
            return false;
        }
        forgetTrailing();
        Snapshot now = snapshot();
        Patch patch = Patch.between(known, now);
        if (patch.isEmpty()) {
            known = now;
            return false;
        }
        if (patch.isLargerThan(now)) {
            sendWhole(to, now);
        } else {
            JsonWriter out = Frames.begin("_PATCH:" + key);
            patch.write(out);
            to.send(Frames.end(out));
            known = now;
        }
        lastPatch = session.now();
        return true;
    }

    private void sendWhole(Client to, Snapshot now) {
        JsonWriter out = Frames.begin("_SET:" + key);
        now.write(out);
        to.send(Frames.end(out));
        known = now;
    }

    private void forgetTrailing() {
        if (trailing != null) {
            trailing.cancel();
            trailing = null;
        }
    }

    private Snapshot snapshot() {
        return known.next(exposure.values(object, tasks.names()));
    }

    /** From now on that browser is the one; it gets the state, if it is to get it unasked. */
    void attach(Client client) {
        lock.lock();
        try {
            if (closed || client.equals(viewer)) {
                return;
            }
            viewer = client;
            if (exposure.sendOnInit()) {
                sendWhole(client, snapshot());
            }
        } finally {
            lock.unlock();
        }
    }

    /** That browser has gone. */
    void detach() {
        lock.lock();
        try {
            viewer = null;
            forgetTrailing();
        } finally {
            lock.unlock();
        }
    }

    /** The browser gets the whole state. */
    void sendState() {
        lock.lock();
        try {
            if (viewer != null) {
                sendWhole(viewer, snapshot());
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Calls an action in the browser.
     *
     * @param arguments what Jackson can turn into JSON, by name; none is called {@code type}
     */
    public void sendAction(String name, Map<String, ?> arguments) {
        session.send(Frames.action(key, name, arguments));
    }

    /**
     * Calls an action in the browser with bytes. A browser that is connected by SockJS gets an
     * {@code _ERROR} instead.
     *
     * @param bytes neither copied nor to be changed any more
     */
    public void sendAction(String name, byte[] bytes, Map<String, ?> arguments) {
        session.sendBytes(Frames.action(key, name, bytes, arguments), "_ACTION:" + key, name);
    }

    /** See {@link SyncSession#toast}. */
    public String toast(ToastKind kind, Object... parts) {
        return session.toast(kind, parts);
    }

    /** See {@link SyncSession#download}. */
    public void download(String filename, byte[] content) {
        session.download(filename, content);
    }

    // --- From the browser

    void set(JsonNode members) throws Refusal {
        if (!members.isObject()) {
            throw new Refusal(ErrorCode.MALFORMED, "data: no object (expected: the state)");
        }
        Map<String, JsonNode> values = new LinkedHashMap<>();
        members.properties().forEach(each -> values.put(each.getKey(), each.getValue()));
        lock.lock();
        try {
            take(values);
        } finally {
            lock.unlock();
        }
    }

    void patch(JsonNode operations) throws Refusal {
        lock.lock();
        try {
            take(ClientPatch.read(operations, session.patchLimits()).changes(known));
        } catch (PatchRefusedException e) {
            throw new Refusal(ErrorCode.of(e.code()), e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Assigns all of it, or nothing, and sends what differs from what the browser has now.
     *
     * @param values of attributes, as the browser has them
     */
    private void take(Map<String, JsonNode> values) throws Refusal {
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                throw new Refusal(
                        ErrorCode.UNKNOWN_PATH, "/" + name + " (expected: one of " + names + ")");
            }
        }
        List<Write> writes = new ArrayList<>();
        for (Attribute attribute : exposure.attributes()) {
            JsonNode value = values.get(attribute.name());
            if (value != null && !attribute.isReadOnly()) {
                Object after = attribute.type().read(attribute.name(), value);
                writes.add(new Write(attribute, attribute.saved(object), after));
            }
        }
        assign(writes);
        known = known.with(values);
        sendChange();
    }

    private void assign(List<Write> writes) throws Refusal {
        for (int i = 0; i < writes.size(); i++) {
            Write write = writes.get(i);
            try {
                write.attribute.write(object, write.after);
            } catch (RuntimeException e) {
                takeBack(writes.subList(0, i + 1));
                throw refusal(write.attribute.name(), e);
            }
        }
    }

    private static Refusal refusal(String name, RuntimeException failure) {
        if (failure instanceof RpcError error) {
            return new Refusal(ErrorCode.DENIED, error.text());
        }
        LOG.log(Level.DEBUG, () -> name + ": " + failure);
        return new Refusal(ErrorCode.INVALID, name + ": not accepted (expected: another value)");
    }

    private void takeBack(List<Write> writes) {
        for (Write write : writes.reversed()) {
            try {
                write.attribute.write(object, write.before);
            } catch (RuntimeException e) {
                LOG.log(Level.DEBUG, () -> write.attribute.name() + " cannot be put back: " + e);
            }
        }
    }

    void call(String name, JsonNode members, byte @Nullable [] bytes) throws Refusal {
        Exposed action = found(exposure.actions(), name);
        @Nullable Object[] arguments = action.bind(members, bytes);
        try {
            action.call(object, arguments);
        } catch (RpcError e) {
            throw new Refusal(ErrorCode.DENIED, e.text());
        } catch (Throwable e) {
            LOG.log(Level.ERROR, "Action " + name + " of " + key + " failed", e);
            throw new Refusal(ErrorCode.FAILED, "The action failed");
        }
    }

    void start(String name, JsonNode members) throws Refusal {
        Exposed task = found(exposure.tasks(), name);
        tasks.start(task, task.bind(members, null));
    }

    void cancel(String name) {
        tasks.cancel(name);
    }

    private static Exposed found(Map<String, Exposed> all, String name) throws Refusal {
        return Optional.ofNullable(all.get(name))
                .orElseThrow(() ->
                        new Refusal(
                                ErrorCode.UNKNOWN_ACTION,
                                "type: " + cut(name) + " (expected: a name this object knows)"));
    }

    private static String cut(String name) {
        return name.length() <= 80 ? name : name.substring(0, 80) + "…";
    }

    // --- The end

    /** Takes the object out of its session and cancels its tasks. A second call does nothing. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            viewer = null;
            forgetTrailing();
        } finally {
            lock.unlock();
        }
        session.forget(this);
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
        public void failed(String name, Throwable failure) {
            LOG.log(Level.ERROR, "Task " + name + " of " + key + " failed", failure);
            session.send(
                    Frames.error(ErrorCode.FAILED, "The task failed", "_TASK_START:" + key, name));
        }
    }

    @Override
    public String toString() {
        return "synced object " + key + " of " + Objects.toString(session);
    }
}
