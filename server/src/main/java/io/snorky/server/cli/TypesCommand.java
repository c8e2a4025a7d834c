package io.snorky.server.cli;

import io.snorky.ConfigurationException;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcSchema;
import io.snorky.rpc.RpcService;
import io.snorky.schema.Schemas;
import io.snorky.sync.SyncSchema;
import io.snorky.sync.Synced;
import io.snorky.sync.SyncedObject;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code snorky types}: writes the types of synced objects and of services for pages in TypeScript.
 * The same classes give the same text.
 */
final class TypesCommand {

    private static final String USAGE =
            """
            usage: snorky types CLASS|PACKAGE... [--classpath CLASSPATH] [--out FILE]

            Writes TypeScript for the synced objects and RPC services among these classes, and
            those of these packages: NotesState, NotesActions and NotesTasks for a synced class
            Notes, a client class Calculator for a service Calculator. Without --out it prints it.
            """;

    private final List<String> names = new ArrayList<>();
    private String classPath = "";
    private String file = "";

    private TypesCommand() {}

    /**
     * @param arguments without the name of the command
     * @return the exit code of the process
     */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        var command = new TypesCommand();
        if (arguments.contains("--help")) {
            out.print(USAGE);
            return 0;
        }
        if (!command.read(arguments)) {
            err.print(USAGE);
            return 2;
        }
        try {
            command.write(out);
            return 0;
        } catch (ConfigurationException e) {
            e.problems().forEach(err::println);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
        } catch (IOException e) {
            err.println(command.file + ": cannot be read or written: " + e.getMessage());
        }
        return 1;
    }

    private boolean read(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                names.add(argument);
            } else if (i + 1 == arguments.size()) {
                return false;
            } else if (argument.equals("--classpath")) {
                classPath = arguments.get(++i);
            } else if (argument.equals("--out")) {
                file = arguments.get(++i);
            } else {
                return false;
            }
        }
        return !names.isEmpty();
    }

    private void write(PrintStream out) throws IOException {
        String text = text();
        if (file.isEmpty()) {
            out.print(text);
        } else {
            Files.writeString(Path.of(file), text);
        }
    }

    private String text() throws IOException {
        Set<Class<?>> synced = byName();
        Set<Class<?>> services = byName();
        try (var search = new ClassSearch(classPath)) {
            for (String name : names) {
                List<Class<?>> found = search.find(name);
                List<Class<?>> objects = found.stream().filter(TypesCommand::isSynced).toList();
                List<Class<?>> others = found.stream().filter(TypesCommand::isService).toList();
                if (objects.isEmpty() && others.isEmpty()) {
                    throw new IllegalArgumentException(
                            name
                                    + ": "
                                    + (found.isEmpty() ? "not on the class path" : "nothing there")
                                    + " (expected: a class with @Synced or @Command, or a package"
                                    + " with some)");
                }
                synced.addAll(objects);
                services.addAll(others);
            }
            return typescript(synced, services);
        }
    }

    private static Set<Class<?>> byName() {
        return new TreeSet<>((a, b) -> a.getName().compareTo(b.getName()));
    }

    private static boolean isSynced(Class<?> type) {
        return !Modifier.isAbstract(type.getModifiers())
                && (type.isAnnotationPresent(Synced.class)
                        || SyncedObject.class.isAssignableFrom(type));
    }

    private static boolean isService(Class<?> type) {
        if (Modifier.isAbstract(type.getModifiers()) || !RpcService.class.isAssignableFrom(type)) {
            return false;
        }
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Method method : each.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Command.class)) {
                    return true;
                }
            }
        }
        return false;
    }

    // --- The text

    private String typescript(Set<Class<?>> synced, Set<Class<?>> services) {
        var schemas = new Schemas();
        synced.forEach(type -> SyncSchema.addTo(schemas, type));
        services.forEach(type -> RpcSchema.addTo(schemas, type.asSubclass(RpcService.class)));
        Set<String> objects = new TreeSet<>();
        synced.forEach(type -> objects.add(type.getSimpleName()));
        var types = new TypeScript(schemas.toJson(), name -> keys(name, objects));
        types.line("// Written by: snorky types " + String.join(" ", names));
        types.line("// Do not edit it: change the Java class, and have it written anew.");
        if (!services.isEmpty()) {
            types.line("");
            types.line("import { type CallOptions, RPCService } from \"snorky\";");
        }
        synced.forEach(type -> object(types, type));
        services.forEach(type -> service(types, type));
        return types.declareNeeded().toString();
    }

    /** The names of tasks are those of the type that has them as members. */
    private static String keys(String definition, Set<String> objects) {
        for (String name : objects) {
            if (definition.equals(name + "TasksKeys")) {
                return "keyof " + name + "Tasks";
            }
        }
        return "";
    }

    private static void object(TypeScript types, Class<?> type) {
        String name = type.getSimpleName();
        Synced mark = type.getAnnotation(Synced.class);
        String key = mark == null || mark.value().isEmpty() ? name : mark.value();
        types.line("");
        types.line("/** The state of a synced object " + TypeScript.quoted(key) + ". */");
        types.declare(name + "State", types.definition(name));
        types.line("");
        types.line("/** Its actions: their arguments by name, null for those without any. */");
        types.declare(name + "Actions", calls(types, name + "Action"));
        types.line("");
        types.line("/** Its tasks, likewise. */");
        types.declare(name + "Tasks", calls(types, name + "Task"));
    }

    /** The arguments stand where they are needed, not under names of their own. */
    private static JsonNode calls(TypeScript types, String prefix) {
        JsonNode params = types.definition(prefix + "sParams").deepCopy();
        params.path("properties")
                .properties()
                .forEach(each -> {
                    String to = each.getValue().path("$ref").asString("");
                    if (!to.isEmpty()) {
                        each.setValue(types.definition(to.substring(to.lastIndexOf('/') + 1)));
                    }
                });
        return params;
    }

    private static void service(TypeScript types, Class<?> type) {
        String name = type.getSimpleName();
        JsonNode params = types.definition(name + "CommandsParams").path("properties");
        JsonNode results = types.definition(name + "CommandsResults").path("properties");
        types.line("");
        types.line("/** The service of class " + name + ", to be given to `new Snorky`. */");
        types.take(name);
        types.line("export class " + name + " extends RPCService {");
        var commands = new TreeMap<String, JsonNode>();
        params.properties().forEach(each -> commands.put(each.getKey(), each.getValue()));
        String gap = "";
        for (var command : commands.entrySet()) {
            String result = types.type(results.path(command.getKey()), "  ");
            types.line(gap + method(types, command.getKey(), command.getValue(), result));
            gap = "\n";
        }
        types.line("}");
    }

    private static String method(TypeScript types, String command, JsonNode params, String result) {
        String to = params.path("$ref").asString("");
        JsonNode schema = types.definition(to.substring(to.lastIndexOf('/') + 1));
        String isOptional = schema.path("required").isEmpty() ? " = {}" : "";
        String given = to.isEmpty() ? "" : "params: " + types.type(params, "  ") + isOptional;
        String options = "options?: CallOptions";
        String line =
                "  "
                        + TypeScript.key(command)
                        + "("
                        + (given.isEmpty() ? "" : given + ", ")
                        + options
                        + "): Promise<"
                        + result
                        + "> {";
        if (line.length() > TypeScript.WIDTH) {
            line =
                    "  "
                            + TypeScript.key(command)
                            + "(\n"
                            + (given.isEmpty() ? "" : "    " + given + ",\n")
                            + "    "
                            + options
                            + ",\n  ): Promise<"
                            + result
                            + "> {";
        }
        return line
                + "\n    return this.rpcCall("
                + TypeScript.quoted(command)
                + ", "
                + (given.isEmpty() ? "{}" : "params")
                + ", options);\n  }";
    }
}
