package io.snorky.sync;

import io.snorky.sync.PatchRefusedException.Reason;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.Locale;

/** One operation of a client's patch (RFC 6902 §4), well-formed. */
sealed interface ClientOperation {

    Pointer path();

    record Add(Pointer path, JsonNode value) implements ClientOperation {}

    record Remove(Pointer path) implements ClientOperation {}

    record Replace(Pointer path, JsonNode value) implements ClientOperation {}

    record Move(Pointer from, Pointer path) implements ClientOperation {}

    record Copy(Pointer from, Pointer path) implements ClientOperation {}

    record Test(Pointer path, JsonNode value) implements ClientOperation {}

    /** The same at another path. */
    default ClientOperation at(Pointer other) {
        return switch (this) {
            case Add add -> new Add(other, add.value);
            case Remove remove -> new Remove(other);
            case Replace replace -> new Replace(other, replace.value);
            case Move move -> new Move(move.from, other);
            case Copy copy -> new Copy(copy.from, other);
            case Test test -> new Test(other, test.value);
        };
    }

    /** Its name on the wire. */
    default String op() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws PatchRefusedException if it is none
     */
    static ClientOperation read(JsonNode operation, PatchLimits limits)
            throws PatchRefusedException {
        if (!operation.isObject()) {
            throw malformed(shown(operation), "an object with \"op\" and \"path\"");
        }
        String op = text(operation, "op");
        Pointer path = pointer(operation, "path", limits);
        return switch (op) {
            case "add" -> new Add(path, value(operation, op, path));
            case "remove" -> new Remove(path);
            case "replace" -> new Replace(path, value(operation, op, path));
            case "move" -> new Move(pointer(operation, "from", limits), path);
            case "copy" -> new Copy(pointer(operation, "from", limits), path);
            case "test" -> new Test(path, value(operation, op, path));
            default ->
                    throw malformed(
                            "op " + shown(operation.path("op")),
                            "add, remove, replace, move, copy or test");
        };
    }

    private static JsonNode value(JsonNode operation, String op, Pointer path)
            throws PatchRefusedException {
        JsonNode value = operation.get("value");
        if (value == null) {
            throw malformed(op + " \"" + path.text() + "\" without value", "\"value\"");
        }
        return value;
    }

    private static Pointer pointer(JsonNode operation, String member, PatchLimits limits)
            throws PatchRefusedException {
        String text = text(operation, member);
        if (text.length() > limits.pathLength()) {
            throw new PatchRefusedException(
                    Reason.TOO_LARGE,
                    "%s of %d characters (expected: at most %d)"
                            .formatted(member, text.length(), limits.pathLength()));
        }
        try {
            return Pointer.parse(text);
        } catch (IllegalArgumentException e) {
            throw new PatchRefusedException(
                    Reason.MALFORMED, "%s \"%s\" (%s)".formatted(member, text, e.getMessage()));
        }
    }

    private static String text(JsonNode operation, String member) throws PatchRefusedException {
        JsonNode value = operation.get(member);
        if (value == null || !value.isString()) {
            throw malformed(member + " " + shown(value), "a string");
        }
        return value.stringValue();
    }

    private static PatchRefusedException malformed(String what, String right) {
        return new PatchRefusedException(
                Reason.MALFORMED, "%s (expected: %s)".formatted(what, right));
    }

    /** Not all of it, if it is long. */
    private static String shown(@Nullable JsonNode value) {
        if (value == null) {
            return "missing";
        }
        return value.isContainer() || value.isString() && value.stringValue().length() > 40
                ? "of type " + value.getNodeType().name().toLowerCase(Locale.ROOT)
                : value.toString();
    }
}
