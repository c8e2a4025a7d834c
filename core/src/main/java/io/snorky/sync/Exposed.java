package io.snorky.sync;

import io.snorky.rpc.RpcError;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;

/**
 * A method or a function that browsers may call, or start.
 *
 * @param name on the wire
 * @param declaration whose parameters the arguments are: the method, or the constructor of the
 *     record that a function takes
 */
record Exposed(String name, Executable declaration, List<Argument> arguments, Body body) {

    static final String DATA = "data";

    private static final Logger LOG = System.getLogger(Exposed.class.getName());

    /** What runs, with the arguments as they were bound. */
    @FunctionalInterface
    interface Body {
        void run(Object target, @Nullable Object[] arguments) throws Throwable;
    }

    /**
     * A parameter.
     *
     * @param alias another name it goes by; the same if there is none
     * @param fallback what it is when it is left out; null if it has to be there, or to be null
     */
    record Argument(String name, String alias, DeclaredType type, @Nullable JsonNode fallback) {

        @Nullable Object bind(JsonNode members) throws Refusal {
            JsonNode value = members.get(name);
            if (value == null) {
                value = members.get(alias);
            }
            if (value == null) {
                value = type.isOptional() && fallback == null ? NullNode.instance : fallback;
            }
            if (value != null) {
                return type.read(name, value);
            }
            if (type.nullable()) {
                return null;
            }
            throw new Refusal(
                    ErrorCode.INVALID, name + ": missing (expected: " + type.description() + ")");
        }
    }

    Exposed {
        arguments = List.copyOf(arguments);
    }

    Exposed(String name, Method method, List<Argument> arguments) {
        this(name, method, arguments, (target, bound) -> method.invoke(target, bound));
    }

    /**
     * The arguments, which fit their types and constraints.
     *
     * @param members what came with the call
     * @param bytes what came behind it, null if nothing
     * @return the arguments; those of a function are one, the record
     */
    @Nullable Object[] take(Object target, JsonNode members, byte @Nullable [] bytes)
            throws Refusal {
        @Nullable Object[] taken = bind(members, bytes);
        Validation.PRESENT.checkArguments(target, this, taken);
        return taken;
    }

    private @Nullable Object[] bind(JsonNode members, byte @Nullable [] bytes) throws Refusal {
        @Nullable Object[] bound = new @Nullable Object[arguments.size()];
        for (int i = 0; i < bound.length; i++) {
            Argument argument = arguments.get(i);
            boolean isBytes = bytes != null && argument.name.equals(DATA);
            if (isBytes && argument.type.type() != byte[].class) {
                throw new Refusal(
                        ErrorCode.INVALID,
                        DATA + ": bytes (expected: " + argument.type.description() + ")");
            }
            bound[i] = isBytes ? bytes : argument.bind(members);
        }
        return declaration instanceof Constructor<?> record
                ? new Object[] {made(record, bound)}
                : bound;
    }

    private static Object made(Constructor<?> record, @Nullable Object[] bound) throws Refusal {
        try {
            return record.newInstance(bound);
        } catch (ReflectiveOperationException e) {
            RuntimeException cause = Failures.unwrapped(e);
            if (cause instanceof RpcError error) {
                throw new Refusal(ErrorCode.DENIED, error.text());
            }
            LOG.log(Level.DEBUG, () -> "Arguments refused: " + cause);
            throw new Refusal(ErrorCode.INVALID, "arguments: not accepted (expected: others)");
        }
    }

    void call(Object target, @Nullable Object[] bound) throws Throwable {
        try {
            body.run(target, bound);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
