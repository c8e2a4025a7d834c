package io.snorky.sync;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a class of synced objects shows to browsers. Found once for each class.
 *
 * @param key unless another is given
 * @param runningTasks the name of the attribute with the names of running tasks, null if there is
 *     none
 * @param cancelHooks by the name of the task
 */
record Exposure(
        String key,
        boolean sendOnInit,
        List<Attribute> attributes,
        @Nullable String runningTasks,
        Map<String, Exposed> actions,
        Map<String, Exposed> tasks,
        Map<String, Hook> cancelHooks) {

    /** What runs when a task was cancelled. */
    @FunctionalInterface
    interface Hook {
        void run(Object target) throws Exception;
    }

    private static final ClassValue<Exposure> OF_CLASS =
            new ClassValue<>() {
                @Override
                protected Exposure computeValue(Class<?> type) {
                    return new ExposureScanner(type).scan();
                }
            };

    Exposure {
        attributes = List.copyOf(attributes);
        actions = Map.copyOf(actions);
        tasks = Map.copyOf(tasks);
        cancelHooks = Map.copyOf(cancelHooks);
    }

    /**
     * @throws io.snorky.ConfigurationException if it cannot work; names all that is wrong
     */
    static Exposure of(Class<?> type) {
        return OF_CLASS.get(type);
    }

    /** The names of all attributes on the wire, that of the running tasks last. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        attributes.forEach(attribute -> names.add(attribute.name()));
        if (runningTasks != null) {
            names.add(runningTasks);
        }
        return List.copyOf(names);
    }

    /** The values in the order of {@link #names}. */
    @Nullable Object[] values(Object target, List<String> running) {
        int count = attributes.size();
        @Nullable Object[] values = new @Nullable Object[count + (runningTasks == null ? 0 : 1)];
        for (int i = 0; i < count; i++) {
            values[i] = attributes.get(i).read(target);
        }
        if (runningTasks != null) {
            values[count] = running;
        }
        return values;
    }
}
