package io.snorky.sync;

import io.snorky.ConfigurationException;
import io.snorky.schema.Form;
import io.snorky.schema.Schemas;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.TreeMap;

/**
 * JSON Schemas of classes of synced objects. For a class {@code Notes} there are, under these
 * titles:
 *
 * <ul>
 *   <li>{@code Notes}: its state as browsers get it, under the names of the wire; all members are
 *       required, computed ones, too;
 *   <li>{@code NotesActionSetTitle} for each action, here {@code SET_TITLE} or {@code set_title},
 *       and {@code NotesTaskSlowly} for each task: the object of its arguments, those required that
 *       have no {@link io.snorky.rpc.Default} and may not be null. Of an argument {@code data} of
 *       bytes it says how it looks in JSON; it may also come behind the call, in binary;
 *   <li>{@code NotesActionsKeys} and {@code NotesTasksKeys}: one of the names;
 *   <li>{@code NotesActionsParams} and {@code NotesTasksParams}: an object with each name, whose
 *       value is the schema of the arguments, or that of null if there are none.
 * </ul>
 *
 * <p>The state has its members in the order of the wire. Actions and tasks are sorted by name: Java
 * keeps no order of methods that could be relied on, and this way the schema changes only when the
 * class does. Constraints of Jakarta Validation are said as far as JSON Schema has words for them.
 *
 * <p>Threads: any.
 */
public final class SyncSchema {

    private SyncSchema() {}

    /**
     * The schemas of some classes of synced objects.
     *
     * @throws ConfigurationException if a class cannot be synced, or two schemas have one name
     */
    public static Schemas of(Class<?>... types) {
        var schemas = new Schemas();
        for (Class<?> type : types) {
            addTo(schemas, type);
        }
        return schemas;
    }

    /**
     * Adds those of one class.
     *
     * @throws ConfigurationException as {@link #of}
     */
    public static void addTo(Schemas schemas, Class<?> type) {
        Exposure exposure = Exposure.of(type);
        String name = type.getSimpleName();
        schemas.add(name, state(schemas, name, exposure), Form.OUTPUT);
        addCalls(schemas, name + "Action", exposure.actions());
        addCalls(schemas, name + "Task", exposure.tasks());
    }

    private static ObjectNode state(Schemas schemas, String name, Exposure exposure) {
        ObjectNode schema = object();
        ObjectNode members = schema.putObject("properties");
        for (Attribute attribute : exposure.attributes()) {
            members.set(attribute.name(), schemaOf(schemas, attribute.type(), Form.OUTPUT));
        }
        if (exposure.runningTasks() != null) {
            members.putObject(exposure.runningTasks())
                    .put("type", "array")
                    .set("items", Schemas.reference(name + "TasksKeys"));
        }
        exposure.names().forEach(schema.putArray("required")::add);
        return schema;
    }

    private static ObjectNode schemaOf(Schemas schemas, DeclaredType type, Form form) {
        return schemas.describe(type.declaration(), type.use(), form);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode().put("type", "object");
    }

    private static void addCalls(Schemas schemas, String prefix, Map<String, Exposed> calls) {
        Map<String, ObjectNode> arguments = new TreeMap<>();
        calls.forEach((name, call) -> arguments.put(name, arguments(schemas, call)));
        schemas.addCalls(prefix, arguments);
    }

    private static ObjectNode arguments(Schemas schemas, Exposed call) {
        ObjectNode schema = object();
        ObjectNode members = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (Exposed.Argument argument : call.arguments()) {
            ObjectNode member = schemaOf(schemas, argument.type(), Form.INPUT);
            if (argument.fallback() != null) {
                member.set("default", argument.fallback());
            }
            members.set(argument.alias(), member);
            if (!mayBeMissing(argument)) {
                required.add(argument.alias());
            }
        }
        return schema;
    }

    private static boolean mayBeMissing(Exposed.Argument argument) {
        DeclaredType type = argument.type();
        boolean mayComeBehind = argument.name().equals(Exposed.DATA) && type.type() == byte[].class;
        return argument.fallback() != null || type.nullable() || type.isOptional() || mayComeBehind;
    }
}
