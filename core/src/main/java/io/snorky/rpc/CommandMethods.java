package io.snorky.rpc;

import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds the methods of a class of services that are commands, its parents' included. */
final class CommandMethods {

    private CommandMethods() {}

    /**
     * The methods by the command's name; a method that overrides another takes its place.
     *
     * @param problems gets what is wrong
     */
    static Map<String, Method> of(Class<?> service, List<String> problems) {
        Map<String, Method> methods = new TreeMap<>();
        for (Class<?> type : lineage(service)) {
            Method[] declared = type.getDeclaredMethods();
            Arrays.sort(declared, (a, b) -> a.toGenericString().compareTo(b.toGenericString()));
            for (Method method : declared) {
                Command mark = method.getAnnotation(Command.class);
                if (mark != null && !method.isBridge()) {
                    String name = mark.value().isEmpty() ? method.getName() : mark.value();
                    Method other = methods.put(name, method);
                    if (other != null && !overrides(method, other)) {
                        problems.add(
                                "command "
                                        + name
                                        + ": "
                                        + other
                                        + " and "
                                        + method
                                        + " (expected: one method)");
                    }
                }
            }
        }
        return methods;
    }

    private static Deque<Class<?>> lineage(Class<?> service) {
        Deque<Class<?>> lineage = new ArrayDeque<>();
        for (Class<?> type = service; type != RpcService.class; type = type.getSuperclass()) {
            lineage.push(type);
        }
        return lineage;
    }

    private static boolean overrides(Method method, Method other) {
        return method.getDeclaringClass() != other.getDeclaringClass()
                && method.getName().equals(other.getName())
                && Arrays.equals(method.getParameterTypes(), other.getParameterTypes());
    }
}
