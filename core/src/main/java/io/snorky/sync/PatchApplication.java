package io.snorky.sync;

import io.snorky.sync.PatchRefusedException.Reason;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * A state to which operations are being applied. Containers are copied before they change, each
 * once.
 *
 * <p>Threads: one at a time. Of no use any more once an operation was refused.
 */
@SuppressWarnings("ReferenceEquality") // equal content does not make it the same container
final class PatchApplication {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAX_INDEX_DIGITS = 9;

    private final Set<String> initial;
    private final Set<String> attributes;
    private final PatchLimits limits;

    /** Containers that this has made and that are at one place only: they may change. */
    private final Set<JsonNode> own = Collections.newSetFromMap(new IdentityHashMap<>());

    private final List<Operation> effects = new ArrayList<>();
    private JsonNode root;
    private int copied;

    /**
     * @param state an object
     * @param attributes names that its members may have
     */
    PatchApplication(JsonNode state, Set<String> attributes, PatchLimits limits) {
        root = state;
        initial = Set.copyOf(state.propertyNames());
        this.attributes = attributes;
        this.limits = limits;
    }

    void apply(ClientOperation operation) throws PatchRefusedException {
        switch (operation) {
            case ClientOperation.Add add -> add(add.path(), add.value());
            case ClientOperation.Remove remove -> remove(remove.path());
            case ClientOperation.Replace replace -> replace(replace.path(), replace.value());
            case ClientOperation.Move move -> move(move);
            case ClientOperation.Copy copy -> {
                JsonNode value = get(copy.from());
                count(value);
                own.clear();
                add(copy.path(), value);
            }
            case ClientOperation.Test test -> {
                if (!Differences.same(get(test.path()), test.value())) {
                    throw failed("the value there is another one (expected: the one given)");
                }
            }
        }
    }

    /** What has been done so far, in the operations that clients are sent. */
    List<Operation> effects() {
        return effects;
    }

    /**
     * The state after all operations.
     *
     * @throws PatchRefusedException if an attribute is gone
     */
    JsonNode result() throws PatchRefusedException {
        for (String name : initial) {
            if (!root.has(name)) {
                throw failed(
                        "attribute \"%s\" is gone (expected: all attributes that were there)"
                                .formatted(name));
            }
        }
        return root;
    }

    private void move(ClientOperation.Move move) throws PatchRefusedException {
        if (move.path().isInside(move.from())) {
            throw failed(
                    "\"%s\" into itself (expected: a path outside of it)"
                            .formatted(move.from().text()));
        }
        JsonNode value = get(move.from());
        if (move.path().segments().equals(move.from().segments())) {
            return;
        }
        if (move.path().segments().size() > move.from().segments().size()) {
            count(value);
            checkNesting(move.path(), value);
        }
        remove(move.from());
        own.clear(); // or what comes later would change what has been done so far
        put(move.path(), value);
    }

    private void add(Pointer path, JsonNode value) throws PatchRefusedException {
        checkNesting(path, value);
        put(path, value);
    }

    private void put(Pointer path, JsonNode value) throws PatchRefusedException {
        if (path.isRoot()) {
            setRoot(value);
            return;
        }
        String last = path.segments().getLast();
        switch (parent(path)) {
            case ObjectNode object -> {
                checkAttribute(path);
                object.set(last, value);
                effects.add(new Operation(Operation.Kind.ADD, path.text(), false, value));
            }
            case ArrayNode array -> {
                int at = last.equals("-") ? array.size() : index(last, array.size() + 1);
                array.insert(at, value);
                effects.add(new Operation(Operation.Kind.ADD, path.sibling(at), true, value));
            }
            default -> throw new AssertionError();
        }
    }

    private void replace(Pointer path, JsonNode value) throws PatchRefusedException {
        checkNesting(path, value);
        if (path.isRoot()) {
            setRoot(value);
            return;
        }
        String last = path.segments().getLast();
        switch (parent(path)) {
            case ObjectNode object -> {
                child(object, last, path.segments().size() == 1);
                object.set(last, value);
            }
            case ArrayNode array -> array.set(index(last, array.size()), value);
            default -> throw new AssertionError();
        }
        effects.add(new Operation(Operation.Kind.REPLACE, path.text(), false, value));
    }

    private void remove(Pointer path) throws PatchRefusedException {
        if (path.isRoot()) {
            throw failed("the whole state cannot be removed (expected: a path inside of it)");
        }
        String last = path.segments().getLast();
        JsonNode parent = parent(path);
        switch (parent) {
            case ObjectNode object -> {
                child(object, last, path.segments().size() == 1);
                object.remove(last);
            }
            case ArrayNode array -> array.remove(index(last, array.size()));
            default -> throw new AssertionError();
        }
        effects.add(new Operation(Operation.Kind.REMOVE, path.text(), parent.isArray(), null));
    }

    private void setRoot(JsonNode value) throws PatchRefusedException {
        if (!value.isObject()) {
            throw failed("a state that is no object (expected: an object of all attributes)");
        }
        for (String name : value.propertyNames()) {
            checkAttribute(name);
        }
        for (var member : value.properties()) {
            String path = Pointer.text(List.of(member.getKey()));
            effects.add(new Operation(Operation.Kind.REPLACE, path, false, member.getValue()));
        }
        root = value;
    }

    private void checkAttribute(Pointer path) throws PatchRefusedException {
        if (path.segments().size() == 1) {
            checkAttribute(path.segments().getFirst());
        }
    }

    private void checkAttribute(String name) throws PatchRefusedException {
        if (!attributes.contains(name)) {
            throw unknown("attribute \"" + name + "\"", oneOf(attributes));
        }
    }

    private static String oneOf(Set<String> attributes) {
        return "one of " + attributes.stream().sorted().limit(20).toList();
    }

    private JsonNode get(Pointer path) throws PatchRefusedException {
        JsonNode node = root;
        boolean first = true;
        for (String segment : path.segments()) {
            node = child(node, segment, first);
            first = false;
        }
        return Untouched.allOpened(node);
    }

    private JsonNode child(JsonNode node, String segment, boolean first)
            throws PatchRefusedException {
        return switch (node) {
            case ObjectNode object -> {
                JsonNode child = object.get(segment);
                if (child == null) {
                    throw first
                            ? unknown("attribute \"" + segment + "\"", oneOf(attributes))
                            : unknown("member \"" + segment + "\"", "one that is there");
                }
                yield child;
            }
            case ArrayNode array -> Untouched.opened(array.get(index(segment, array.size())));
            default ->
                    throw unknown(
                            "\"" + segment + "\" inside of what is neither object nor list",
                            "a path that ends there");
        };
    }

    /** The container of what a path leads to, ready to be changed. */
    private JsonNode parent(Pointer path) throws PatchRefusedException {
        List<String> way = path.segments().subList(0, path.segments().size() - 1);
        root = owned(root);
        JsonNode node = root;
        for (int i = 0; i < way.size(); i++) {
            String segment = way.get(i);
            JsonNode child = child(node, segment, i == 0);
            JsonNode copy = owned(child);
            if (copy != child) {
                put(node, segment, copy);
            }
            node = copy;
        }
        if (!node.isContainer()) {
            child(node, path.segments().getLast(), false);
        }
        return node;
    }

    private static void put(JsonNode container, String segment, JsonNode value) {
        switch (container) {
            case ObjectNode object -> object.set(segment, value);
            case ArrayNode array -> array.set(Integer.parseInt(segment), value);
            default -> throw new AssertionError();
        }
    }

    private JsonNode owned(JsonNode node) {
        if (!node.isContainer() || own.contains(node)) {
            return node;
        }
        JsonNode copy =
                switch (node) {
                    case ObjectNode object -> NODES.objectNode().setAll(object);
                    case ArrayNode array -> NODES.arrayNode(array.size()).addAll(array);
                    default -> throw new AssertionError();
                };
        own.add(copy);
        return copy;
    }

    /**
     * @param count of places that there are
     */
    private static int index(String segment, int count) throws PatchRefusedException {
        boolean number =
                !segment.isEmpty()
                        && segment.length() <= MAX_INDEX_DIGITS
                        && segment.chars().allMatch(c -> c >= '0' && c <= '9')
                        && (segment.length() == 1 || segment.charAt(0) != '0');
        int index = number ? Integer.parseInt(segment) : count;
        if (index >= count) {
            throw unknown("index \"" + segment + "\"", "a number below " + count);
        }
        return index;
    }

    private void checkNesting(Pointer path, JsonNode value) throws PatchRefusedException {
        int left = limits.nesting() - path.segments().size();
        if (left < 0 || isDeeper(value, left)) {
            throw new PatchRefusedException(
                    Reason.TOO_LARGE,
                    "values inside each other (expected: at most %d levels)"
                            .formatted(limits.nesting()));
        }
    }

    private static boolean isDeeper(JsonNode value, int levels) {
        if (!value.isContainer()) {
            return false;
        }
        for (JsonNode child : value) {
            if (levels == 0 || isDeeper(child, levels - 1)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Copies of copies double what there is, and cost nothing until somebody looks. What is moved
     * deeper counts too, because all of it is looked at.
     */
    private void count(JsonNode value) throws PatchRefusedException {
        copied++;
        if (copied > limits.copied()) {
            throw new PatchRefusedException(
                    Reason.TOO_LARGE,
                    "copies of too many values (expected: at most %d in a patch)"
                            .formatted(limits.copied()));
        }
        if (value.isContainer()) {
            for (JsonNode child : value) {
                count(child);
            }
        }
    }

    private static PatchRefusedException failed(String message) {
        return new PatchRefusedException(Reason.FAILED, message);
    }

    private static PatchRefusedException unknown(String what, String right) {
        return new PatchRefusedException(
                Reason.UNKNOWN_PATH, "no %s (expected: %s)".formatted(what, right));
    }
}
