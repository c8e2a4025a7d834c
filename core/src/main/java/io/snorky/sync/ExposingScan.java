package io.snorky.sync;

import io.snorky.rpc.Param;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what an object shows that is registered by hand, and all that is wrong. */
final class ExposingScan {

    /** Something that can be an attribute. */
    private sealed interface Source {

        /** Whether it is one where nothing else is said. */
        boolean isUsual();

        @Nullable SyncedAs mark();
    }

    private record OfField(Field field, boolean isUsual) implements Source {
        @Override
        public @Nullable SyncedAs mark() {
            return field.getAnnotation(SyncedAs.class);
        }
    }

    private record OfMethod(Method method) implements Source {
        @Override
        public boolean isUsual() {
            return mark() != null;
        }

        @Override
        public @Nullable SyncedAs mark() {
            return method.getAnnotation(SyncedAs.class);
        }
    }

    private final Exposing exposing;
    private final ExposureScanner scanner;
    private final Casing casing;
    private final Map<String, Source> sources = new LinkedHashMap<>();

    ExposingScan(Class<?> type, Exposing exposing) {
        this.exposing = exposing;
        scanner = new ExposureScanner(type);
        casing = exposing.casingOr(scanner.options.casing());
    }

    Exposure scan() {
        scanner.scanMethods();
        scanner.attributes.clear(); // those of methods are chosen with the others
        findFields();
        findMethods();
        addAttributes(chosen());
        for (Exposing.Function<?> action : exposing.actions()) {
            scanner.expose(scanner.actions, "action", exposed("action", action));
        }
        for (Exposing.Function<?> task : exposing.tasks()) {
            scanner.expose(scanner.tasks, "task", exposed("task", task));
        }
        for (var hook : exposing.cancelHooks()) {
            scanner.addHook(hook.getKey(), target -> hook.getValue().handle());
        }
        return scanner.finish(
                exposing.key(),
                exposing.isSentOnInit(scanner.options.sendOnInit()),
                exposing.showsRunningTasks(scanner.options.runningTasks())
                        ? casing.of(ExposureScanner.RUNNING_TASKS)
                        : null);
    }

    // --- Attributes

    private void findFields() {
        Set<String> excluded = new HashSet<>(List.of(scanner.options.exclude()));
        for (Class<?> each : scanner.lineage) {
            for (Field field : each.getDeclaredFields()) {
                boolean isOfObject =
                        !field.isSynthetic() && !Modifier.isStatic(field.getModifiers());
                if (isOfObject) {
                    SyncedAs mark = field.getAnnotation(SyncedAs.class);
                    boolean isUsual =
                            scanner.isAttribute(field, mark) && !excluded.contains(field.getName());
                    sources.put(field.getName(), new OfField(field, isUsual));
                }
            }
        }
    }

    private void findMethods() {
        for (Class<?> each : scanner.lineage) {
            Arrays.stream(each.getDeclaredMethods())
                    .filter(ExposingScan::isComputed)
                    .sorted((a, b) -> a.getName().compareTo(b.getName()))
                    .forEach(this::add);
        }
    }

    private static boolean isComputed(Method method) {
        return method.getParameterCount() == 0
                && method.getReturnType() != void.class
                && !method.isSynthetic()
                && !Modifier.isStatic(method.getModifiers());
    }

    private void add(Method method) {
        boolean isTaken = sources.get(method.getName()) instanceof OfField;
        sources.put(method.getName() + (isTaken ? "()" : ""), new OfMethod(method));
    }

    /** The names of attributes in the source, with those on the wire. */
    private Map<String, String> chosen() {
        Map<String, String> chosen = new LinkedHashMap<>();
        List<String> only = exposing.onlyThese();
        if (only == null) {
            sources.forEach((name, source) -> {
                if (source.isUsual()) {
                    chosen.put(name, wireName(name, source));
                }
            });
        } else {
            only.forEach(name -> choose("only", name, "", chosen));
        }
        exposing.included().forEach((name, wire) -> choose("include", name, wire, chosen));
        for (String name : exposing.excluded()) {
            boolean isWanted = only != null && only.contains(name);
            if (isWanted || exposing.included().containsKey(name)) {
                problem("exclude: " + name, "no name that is included");
            } else if (source("exclude", name) != null) {
                chosen.remove(name);
            }
        }
        return chosen;
    }

    private void choose(String by, String name, String wire, Map<String, String> chosen) {
        Source source = source(by, name);
        if (source != null) {
            chosen.put(name, wire.isEmpty() ? wireName(name, source) : wire);
        }
    }

    private @Nullable Source source(String by, String name) {
        Source source = sources.get(name);
        if (source == null) {
            problem(by + ": " + name, "a field, or a method without parameters that has a result");
        }
        return source;
    }

    private String wireName(String name, Source source) {
        SyncedAs mark = source.mark();
        return mark == null || mark.value().isEmpty()
                ? casing.of(name.replace("()", ""))
                : mark.value();
    }

    private void addAttributes(Map<String, String> chosen) {
        chosen.forEach((name, wire) -> {
            switch (sources.get(name)) {
                case OfField source -> scanner.add(wire, source.field);
                case OfMethod source -> scanner.add(wire, source.method);
                case null -> throw new AssertionError(name);
            }
        });
    }

    private void problem(String what, String expected) {
        scanner.problems.add(what + " (expected: " + expected + ")");
    }

    // --- Functions

    private Exposed exposed(String kind, Exposing.Function<?> function) {
        String owner = kind + " " + function.name();
        Constructor<?> maker = maker(function.arguments());
        scanner.open(maker, owner);
        RecordComponent[] components = function.arguments().getRecordComponents();
        List<Exposed.Argument> arguments = new ArrayList<>();
        for (int i = 0; i < components.length; i++) {
            Parameter parameter = maker.getParameters()[i];
            Param param = parameter.getAnnotation(Param.class);
            String name = param == null ? components[i].getName() : param.value();
            arguments.add(scanner.argument(owner, name, casing, parameter));
        }
        return new Exposed(
                function.name(), maker, arguments, (target, made) -> function.call(made[0]));
    }

    private static Constructor<?> maker(Class<? extends Record> type) {
        Class<?>[] types =
                Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types);
        } catch (NoSuchMethodException e) {
            throw new AssertionError("each record has it", e);
        }
    }
}
