package io.snorky.sync;

import io.snorky.ConfigurationException;
import io.snorky.rpc.Default;
import io.snorky.rpc.Param;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what a class of synced objects shows, its parents' included, and all that is wrong. */
final class ExposureScanner {

    @Synced
    private static final class Unmarked {}

    static final String RUNNING_TASKS = "running_tasks";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Class<?> type;
    final Synced options;
    final Deque<Class<?>> lineage = new ArrayDeque<>();
    final List<String> problems = new ArrayList<>();
    final Map<String, Attribute> attributes = new LinkedHashMap<>();
    final Map<String, Exposed> actions = new LinkedHashMap<>();
    final Map<String, Exposed> tasks = new LinkedHashMap<>();
    private final Map<String, Exposure.Hook> cancelHooks = new LinkedHashMap<>();

    ExposureScanner(Class<?> type) {
        this.type = type;
        Synced nearest = null;
        for (Class<?> each = type;
                each != null && each != SyncedObject.class && each != Object.class;
                each = each.getSuperclass()) {
            lineage.push(each);
            if (nearest == null) {
                nearest = each.getAnnotation(Synced.class);
            }
        }
        options = nearest == null ? unmarked() : nearest;
    }

    private static Synced unmarked() {
        Synced plain = Unmarked.class.getAnnotation(Synced.class);
        if (plain == null) {
            throw new AssertionError("no annotation");
        }
        return plain;
    }

    Exposure scan() {
        scanFields();
        scanMethods();
        Synced own = type.getAnnotation(Synced.class);
        return finish(
                own == null || own.value().isEmpty() ? type.getSimpleName() : own.value(),
                options.sendOnInit(),
                options.runningTasks() ? options.casing().of(RUNNING_TASKS) : null);
    }

    /**
     * What has been found, if nothing is wrong.
     *
     * @param running the name of the attribute with the running tasks, null if there is none
     */
    Exposure finish(String key, boolean sendOnInit, @Nullable String running) {
        if (running != null && attributes.containsKey(running)) {
            problems.add("attribute " + running + ": another one (expected: running tasks)");
        }
        for (String task : cancelHooks.keySet()) {
            if (!tasks.containsKey(task)) {
                problems.add(
                        "cancel hook of "
                                + task
                                + ": no such task (expected: "
                                + tasks.keySet()
                                + ")");
            }
        }
        problems.addAll(Validation.PRESENT.problems(type, attributes.values(), methods()));
        if (!problems.isEmpty()) {
            throw new ConfigurationException(type.getName(), problems);
        }
        return new Exposure(
                key,
                sendOnInit,
                List.copyOf(attributes.values()),
                running,
                actions,
                tasks,
                cancelHooks);
    }

    private List<Exposed> methods() {
        return Stream.concat(actions.values().stream(), tasks.values().stream()).toList();
    }

    // --- Attributes

    private void scanFields() {
        Set<String> excluded = new HashSet<>(List.of(options.exclude()));
        for (Class<?> each : lineage) {
            for (Field field : each.getDeclaredFields()) {
                boolean isExcluded = excluded.remove(field.getName());
                SyncedAs mark = field.getAnnotation(SyncedAs.class);
                if (isExcluded && mark != null) {
                    problems.add(
                            "exclude: " + field.getName() + " (expected: no field with @SyncedAs)");
                }
                if (!isExcluded && isAttribute(field, mark)) {
                    add(name(mark, field.getName()), field);
                }
            }
        }
        for (String name : excluded) {
            problems.add("exclude: " + name + " (expected: the name of a field)");
        }
    }

    void add(String name, Field field) {
        if (open(field, field.getName())) {
            add(
                    name,
                    DeclaredType.of(field, field.getAnnotatedType()),
                    field::get,
                    setter(field),
                    null,
                    Modifier.isFinal(field.getModifiers()));
        }
    }

    boolean isAttribute(Field field, @Nullable SyncedAs mark) {
        boolean isLeftOut =
                field.isSynthetic()
                        || Modifier.isStatic(field.getModifiers())
                        || Modifier.isTransient(field.getModifiers())
                        || field.isAnnotationPresent(NotSynced.class);
        return !isLeftOut && (mark != null || !options.onlyMarked());
    }

    private static Attribute.@Nullable Setter setter(Field field) {
        if (!Modifier.isFinal(field.getModifiers())) {
            return field::set;
        }
        if (Collection.class.isAssignableFrom(field.getType())) {
            return (target, value) -> Content.replace((Collection<?>) field.get(target), value);
        }
        if (Map.class.isAssignableFrom(field.getType())) {
            return (target, value) -> Content.replace((Map<?, ?>) field.get(target), value);
        }
        return null;
    }

    private String name(@Nullable SyncedAs mark, String sourceName) {
        return mark == null || mark.value().isEmpty()
                ? options.casing().of(sourceName)
                : mark.value();
    }

    private void add(
            String name,
            DeclaredType declared,
            Attribute.Getter getter,
            Attribute.@Nullable Setter setter,
            @Nullable Method writer,
            boolean byContent) {
        var attribute = new Attribute(name, declared, getter, setter, writer, byContent);
        if (attributes.put(name, attribute) != null) {
            problems.add("attribute " + name + ": twice (expected: names of their own)");
        }
    }

    private void scanComputed(Method method, SyncedAs mark) {
        if (method.getParameterCount() != 0 || method.getReturnType() == void.class) {
            problems.add(
                    "@SyncedAs " + method.getName() + " (expected: no parameters, and a result)");
            return;
        }
        add(name(mark, method.getName()), method);
    }

    void add(String name, Method method) {
        if (open(method, method.getName())) {
            Method writer = writer(method);
            add(
                    name,
                    DeclaredType.of(method, method.getAnnotatedReturnType()),
                    method::invoke,
                    writer == null ? null : writer::invoke,
                    writer,
                    false);
        }
    }

    private @Nullable Method writer(Method getter) {
        for (Class<?> each : lineage.reversed()) {
            try {
                Method writer = each.getDeclaredMethod(getter.getName(), getter.getReturnType());
                return open(writer, writer.getName()) ? writer : null;
            } catch (NoSuchMethodException e) {
                // its parent may have one
            }
        }
        return null;
    }

    // --- Methods

    /** From the parents down: a method that is marked anew takes the place of the one before. */
    void scanMethods() {
        Map<String, Method> methods = new LinkedHashMap<>();
        for (Class<?> each : lineage) {
            Method[] declared = each.getDeclaredMethods();
            Arrays.sort(declared, Comparator.comparing(Method::toGenericString));
            for (Method method : declared) {
                if (!method.isBridge() && isMarked(method)) {
                    methods.put(signature(method), method);
                }
            }
        }
        methods.values().forEach(this::scan);
    }

    private static boolean isMarked(Method method) {
        return method.isAnnotationPresent(Action.class)
                || method.isAnnotationPresent(Task.class)
                || method.isAnnotationPresent(CancelHook.class)
                || method.isAnnotationPresent(SyncedAs.class);
    }

    private static String signature(Method method) {
        String owner =
                Modifier.isPrivate(method.getModifiers())
                        ? method.getDeclaringClass().getName()
                        : "";
        return owner + method.getName() + Arrays.toString(method.getParameterTypes());
    }

    private void scan(Method method) {
        Action action = method.getAnnotation(Action.class);
        if (action != null) {
            expose(actions, "action", action.value(), method);
        }
        Task task = method.getAnnotation(Task.class);
        if (task != null) {
            expose(tasks, "task", task.value(), method);
        }
        SyncedAs computed = method.getAnnotation(SyncedAs.class);
        if (computed != null) {
            scanComputed(method, computed);
        }
        CancelHook hook = method.getAnnotation(CancelHook.class);
        if (hook != null) {
            scanHook(hook.value(), method);
        }
    }

    private void scanHook(String task, Method method) {
        if (method.getParameterCount() != 0) {
            problems.add("cancel hook " + method.getName() + " (expected: no parameters)");
        } else if (open(method, method.getName())) {
            addHook(task, method::invoke);
        }
    }

    void addHook(String task, Exposure.Hook hook) {
        if (cancelHooks.put(task, hook) != null) {
            problems.add("cancel hook of " + task + ": two (expected: one)");
        }
    }

    private void expose(Map<String, Exposed> to, String kind, String given, Method method) {
        String name = given.isEmpty() ? method.getName() : given;
        List<Exposed.Argument> arguments = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            arguments.add(argument(kind + " " + name, parameter));
        }
        if (open(method, kind + " " + name)) {
            expose(to, kind, new Exposed(name, method, arguments));
        }
    }

    void expose(Map<String, Exposed> to, String kind, Exposed exposed) {
        if (to.put(exposed.name(), exposed) != null) {
            problems.add(kind + " " + exposed.name() + ": two methods (expected: one)");
        }
    }

    private Exposed.Argument argument(String owner, Parameter parameter) {
        Param param = parameter.getAnnotation(Param.class);
        if (param == null && !parameter.isNamePresent()) {
            problems.add(
                    owner
                            + ": a parameter without a name (expected: @Param, or javac"
                            + " -parameters)");
        }
        String name = param == null ? parameter.getName() : param.value();
        return argument(owner, name, options.casing(), parameter);
    }

    Exposed.Argument argument(String owner, String name, Casing casing, Parameter parameter) {
        if (name.equals("type")) {
            problems.add(owner + ", parameter type (expected: another name, this one is taken)");
        }
        return new Exposed.Argument(
                name,
                casing.of(name),
                DeclaredType.of(parameter, parameter.getAnnotatedType()),
                fallback(owner + ", parameter " + name, parameter));
    }

    private @Nullable JsonNode fallback(String where, Parameter parameter) {
        Default mark = parameter.getAnnotation(Default.class);
        if (mark == null) {
            return null;
        }
        try {
            JsonNode value = JSON.readTree(mark.value());
            DeclaredType.of(parameter, parameter.getAnnotatedType()).read(where, value);
            return value;
        } catch (JacksonException | Refusal e) {
            problems.add(where + ": @Default " + mark.value() + " (expected: JSON of its type)");
            return null;
        }
    }

    boolean open(AccessibleObject member, String name) {
        try {
            member.setAccessible(true);
            return true;
        } catch (InaccessibleObjectException e) {
            problems.add(
                    name
                            + ": not accessible (expected: package "
                            + type.getPackageName()
                            + " opened to io.snorky.core)");
            return false;
        }
    }
}
