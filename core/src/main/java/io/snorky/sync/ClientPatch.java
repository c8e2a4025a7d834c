package io.snorky.sync;

import io.snorky.sync.PatchRefusedException.Reason;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A patch that a client sends (RFC 6902), well-formed and within limits. It is applied as a whole
 * or not at all, never changes what it is applied to, and copies only what lies on its paths.
 *
 * <p>The state is an object whose members are attributes. A patch may give them other values; it
 * can neither add one nor, in the end, have removed one. Numbers keep their exact values.
 *
 * <p>Threads: immutable.
 */
final class ClientPatch {

    private final List<ClientOperation> operations;
    private final PatchLimits limits;

    private ClientPatch(List<ClientOperation> operations, PatchLimits limits) {
        this.operations = operations;
        this.limits = limits;
    }

    /**
     * @param patch is kept and must not change any more
     * @throws PatchRefusedException if it is not a list of operations, or beyond the limits
     */
    static ClientPatch read(JsonNode patch, PatchLimits limits) throws PatchRefusedException {
        if (!patch.isArray()) {
            throw new PatchRefusedException(
                    Reason.MALFORMED, "the patch is no list (expected: a list of operations)");
        }
        if (patch.size() > limits.operations()) {
            throw new PatchRefusedException(
                    Reason.TOO_LARGE,
                    "a patch of %d operations (expected: at most %d)"
                            .formatted(patch.size(), limits.operations()));
        }
        List<ClientOperation> operations = new ArrayList<>(patch.size());
        for (JsonNode operation : patch) {
            try {
                operations.add(ClientOperation.read(operation, limits));
            } catch (PatchRefusedException e) {
                throw e.at("operation " + operations.size());
            }
        }
        return new ClientPatch(operations, limits);
    }

    /**
     * The state after the patch. Shares with the one before what the patch leaves alone.
     *
     * @param state an object; stays as it is
     * @throws PatchRefusedException if an operation does not fit
     */
    JsonNode applyTo(JsonNode state) throws PatchRefusedException {
        return applyTo(state, new HashSet<>(state.propertyNames()));
    }

    private JsonNode applyTo(JsonNode state, Set<String> attributes) throws PatchRefusedException {
        return application(state, attributes).result();
    }

    private PatchApplication application(JsonNode state, Set<String> attributes)
            throws PatchRefusedException {
        var application = new PatchApplication(state, attributes, limits);
        for (int i = 0; i < operations.size(); i++) {
            ClientOperation operation = operations.get(i);
            try {
                application.apply(operation);
            } catch (PatchRefusedException e) {
                throw e.at(
                        "operation %d, %s \"%s\""
                                .formatted(i, operation.op(), operation.path().text()));
            }
        }
        return application;
    }

    /**
     * What a patch does.
     *
     * @param values of the attributes that it changes, after it. A value that comes to be the same
     *     by way of others is no change
     * @param effects operations that do the same, without tests, moves and copies
     */
    record Changes(Map<String, JsonNode> values, List<Operation> effects) {}

    /**
     * What the patch does to a state. Costs time in the size of the attributes that the patch
     * names, not in that of the others.
     *
     * @throws PatchRefusedException if an operation does not fit
     */
    Changes changes(Snapshot snapshot) throws PatchRefusedException {
        JsonNode before = snapshot.toJson(named(snapshot.names()));
        PatchApplication application = application(before, Set.copyOf(snapshot.names()));
        JsonNode after = application.result();
        Map<String, JsonNode> values = new LinkedHashMap<>();
        for (var member : after.properties()) {
            if (!Differences.same(before.get(member.getKey()), member.getValue())) {
                values.put(member.getKey(), member.getValue());
            }
        }
        return new Changes(values, application.effects());
    }

    /**
     * The same for a state in which others have changed something in the meantime.
     *
     * @param since what others have done, in order
     * @param now the state after that
     * @throws PatchRefusedException if what it was meant for is not there any more
     */
    ClientPatch over(List<Trace> since, Snapshot now) throws PatchRefusedException {
        return since.isEmpty() ? this : new ClientPatch(Rebase.of(operations, since, now), limits);
    }

    private Set<String> named(Collection<String> all) {
        Set<String> named = new HashSet<>();
        for (ClientOperation operation : operations) {
            addFirst(operation.path(), all, named);
            switch (operation) {
                case ClientOperation.Move move -> addFirst(move.from(), all, named);
                case ClientOperation.Copy copy -> addFirst(copy.from(), all, named);
                default -> {}
            }
        }
        return named;
    }

    private static void addFirst(Pointer path, Collection<String> all, Set<String> to) {
        if (path.isRoot()) {
            to.addAll(all);
        } else {
            to.add(path.segments().getFirst());
        }
    }
}
