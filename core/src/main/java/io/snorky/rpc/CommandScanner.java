package io.snorky.rpc;

import io.snorky.Client;
import io.snorky.ConfigurationException;
import io.snorky.NonBlocking;
import io.snorky.json.JsonDocument;
import io.snorky.json.JsonException;
import io.snorky.json.JsonName;

import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds the commands of a service, its parents' included, and all that is wrong with them. */
final class CommandScanner {

    private static final int MAX_DEFAULT_NESTING = 64;

    private final RpcService service;
    private final List<String> problems = new ArrayList<>();

    private CommandScanner(RpcService service) {
        this.service = service;
    }

    /**
     * @return the commands by name
     * @throws ConfigurationException if any cannot work
     */
    static Map<String, BoundCommand> scan(RpcService service) {
        var scanner = new CommandScanner(service);
        Map<String, Method> methods = CommandMethods.of(service.getClass(), scanner.problems);
        Map<String, BoundCommand> commands = new TreeMap<>();
        methods.forEach((name, method) -> commands.put(name, scanner.command(name, method)));
        if (!scanner.problems.isEmpty()) {
            throw new ConfigurationException(service.toString(), scanner.problems);
        }
        return Map.copyOf(commands);
    }

    private BoundCommand command(String name, Method method) {
        List<Parameter> parameters = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (java.lang.reflect.Parameter parameter : method.getParameters()) {
            if (parameter.getType() == Client.class) {
                parameters.add(new Parameter.Caller());
            } else {
                Parameter.Value value = value(name, parameter);
                parameters.add(value);
                if (!names.add(value.name().text())) {
                    problems.add("command " + name + ": two parameters " + value.name().text());
                }
            }
        }
        boolean nonBlocking = method.isAnnotationPresent(NonBlocking.class);
        return new BoundCommand(
                service.name() + "." + name, handle(method), parameters, nonBlocking);
    }

    private Parameter.Value value(String command, java.lang.reflect.Parameter parameter) {
        Param param = parameter.getAnnotation(Param.class);
        String name = param == null ? parameter.getName() : param.value();
        String where = "command " + command + ", parameter " + name + ": ";
        if (param == null && !parameter.isNamePresent()) {
            problems.add(where + "its name is not known (expected: @Param, or javac -parameters)");
        }
        if (!BindableTypes.contains(parameter.getParameterizedType())) {
            problems.add(
                    where
                            + parameter.getParameterizedType()
                            + " (expected: a type that JSON can become)");
            return new Parameter.Value(new JsonName(name), JsonDocument::tree, false, false, null);
        }
        boolean nullable = isNullable(parameter) || isNullable(parameter.getAnnotatedType());
        if (nullable && parameter.getType().isPrimitive()) {
            problems.add(where + "@Nullable " + parameter.getType() + " (expected: its box)");
        }
        Binder binder = Binders.of(parameter.getParameterizedType());
        var value = new Parameter.Value(new JsonName(name), binder, nullable, nullable, null);
        Default fallback = parameter.getAnnotation(Default.class);
        return fallback == null ? value : withDefault(value, where, fallback.value());
    }

    private Parameter.Value withDefault(Parameter.Value value, String where, String json) {
        try {
            byte[] text = json.getBytes(StandardCharsets.UTF_8);
            var document = new JsonDocument();
            document.read(text, 0, text.length, MAX_DEFAULT_NESTING);
            Object absent = value.bind(document, JsonDocument.ROOT);
            return new Parameter.Value(
                    value.name(), value.binder(), value.isNullable(), true, absent);
        } catch (JsonException | InvalidParams e) {
            problems.add(where + "@Default " + json + " (expected: JSON of its type)");
            return value;
        }
    }

    /** By name, so that any library's annotation will do and none is needed at run time. */
    private static boolean isNullable(AnnotatedElement element) {
        for (Annotation annotation : element.getAnnotations()) {
            if (annotation.annotationType().getSimpleName().equals("Nullable")) {
                return true;
            }
        }
        return false;
    }

    private MethodHandle handle(Method method) {
        try {
            method.setAccessible(true);
            return MethodHandles.lookup()
                    .unreflect(method)
                    .bindTo(service)
                    .asFixedArity()
                    .asSpreader(Object[].class, method.getParameterCount())
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (InaccessibleObjectException | IllegalAccessException e) {
            problems.add(
                    "command "
                            + method.getName()
                            + ": not accessible (expected: package "
                            + method.getDeclaringClass().getPackageName()
                            + " opened to io.snorky.core)");
            return MethodHandles.empty(MethodType.methodType(Object.class, Object[].class));
        }
    }
}
