package io.snorky.sync;

import io.snorky.Client;
import io.snorky.rpc.RpcError;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What browsers do with an object: they write its attributes, call its actions, start and cancel
 * its tasks.
 *
 * <p>Threads: any. Writes are assigned with the lock of the {@link Mirror}; actions of an object
 * that several sessions share run one at a time.
 */
final class Inbox {

    private static final Logger LOG = System.getLogger(Inbox.class.getName());

    private record Assignment(
            Attribute attribute, @Nullable Object before, @Nullable Object after) {}

    private final String key;
    private final Object object;
    private final Exposure exposure;
    private final List<String> names;
    private final Mirror mirror;
    private final Tasks tasks;
    private final PatchLimits limits;
    private final @Nullable ReentrantLock actionsInTurn;

    /**
     * @param isShared whether several sessions call its actions
     */
    Inbox(
            String key,
            Object object,
            Exposure exposure,
            Mirror mirror,
            Tasks tasks,
            PatchLimits limits,
            boolean isShared) {
        this.key = key;
        this.object = object;
        this.exposure = exposure;
        this.names = exposure.names();
        this.mirror = mirror;
        this.tasks = tasks;
        this.limits = limits;
        this.actionsInTurn = isShared ? new ReentrantLock(true) : null;
    }

    // --- Its state

    /** The whole state or a part of it. */
    void set(Client writer, @Nullable String id, JsonNode members) throws Refusal {
        if (!members.isObject()) {
            throw new Refusal(ErrorCode.MALFORMED, "data: no object (expected: the state)");
        }
        Map<String, JsonNode> values = new LinkedHashMap<>();
        members.properties().forEach(each -> values.put(each.getKey(), each.getValue()));
        mirror.write(
                writer,
                id,
                (now, since) -> {
                    assign(values);
                    return new Mirror.Written(values, null, true);
                });
    }

    /**
     * A change of the state.
     *
     * @param base the revision that the writer has changed, null for the newest one
     */
    void patch(Client writer, @Nullable String id, @Nullable Long base, JsonNode operations)
            throws Refusal {
        mirror.write(
                writer,
                id,
                (now, revisions) -> {
                    try {
                        var patch = ClientPatch.read(operations, limits);
                        List<Trace> since = base == null ? List.of() : since(base, revisions);
                        ClientPatch.Changes changes = patch.over(since, now).changes(now);
                        assign(changes.values());
                        return new Mirror.Written(
                                changes.values(), changes.effects(), since.isEmpty());
                    } catch (PatchRefusedException e) {
                        throw new Refusal(ErrorCode.of(e.code()), e.getMessage());
                    }
                });
    }

    private static List<Trace> since(long base, Revisions revisions) throws Refusal {
        return revisions
                .since(base)
                .orElseThrow(() ->
                        new Refusal(
                                ErrorCode.CONFLICT,
                                "v: %d (expected: a revision not long before %d)"
                                        .formatted(base, revisions.newest().revision())));
    }

    /**
     * Assigns all of it, or nothing.
     *
     * @param values of attributes, as the browser has them
     */
    private void assign(Map<String, JsonNode> values) throws Refusal {
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                throw new Refusal(
                        ErrorCode.UNKNOWN_PATH, "/" + name + " (expected: one of " + names + ")");
            }
        }
        List<Assignment> assignments = new ArrayList<>();
        for (Attribute attribute : exposure.attributes()) {
            JsonNode value = values.get(attribute.name());
            if (value != null && !attribute.isReadOnly()) {
                Object after = attribute.take(object, value);
                assignments.add(new Assignment(attribute, attribute.saved(object), after));
            }
        }
        assign(assignments);
    }

    private void assign(List<Assignment> assignments) throws Refusal {
        for (int i = 0; i < assignments.size(); i++) {
            Assignment each = assignments.get(i);
            try {
                each.attribute.write(object, each.after);
            } catch (RuntimeException e) {
                takeBack(assignments.subList(0, i + 1));
                throw refusal(each.attribute.name(), e);
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

    private void takeBack(List<Assignment> assignments) {
        for (Assignment each : assignments.reversed()) {
            try {
                each.attribute.write(object, each.before);
            } catch (RuntimeException e) {
                LOG.log(Level.DEBUG, () -> each.attribute.name() + " cannot be put back: " + e);
            }
        }
    }

    // --- Its methods

    void call(String name, JsonNode members, byte @Nullable [] bytes) throws Refusal {
        Exposed action = found(exposure.actions(), name);
        @Nullable Object[] arguments = action.take(object, members, bytes);
        if (actionsInTurn == null) {
            call(action, arguments);
            return;
        }
        actionsInTurn.lock();
        try {
            call(action, arguments);
        } finally {
            actionsInTurn.unlock();
        }
    }

    private void call(Exposed action, @Nullable Object[] arguments) throws Refusal {
        try {
            action.call(object, arguments);
        } catch (RpcError e) {
            throw new Refusal(ErrorCode.DENIED, e.text());
        } catch (Throwable e) {
            LOG.log(Level.ERROR, "Action " + action.name() + " of " + key + " failed", e);
            throw new Refusal(ErrorCode.FAILED, "The action failed");
        }
    }

    void start(SyncSession session, String name, JsonNode members) throws Refusal {
        Exposed task = found(exposure.tasks(), name);
        tasks.start(session, task, task.take(object, members, null));
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
}
