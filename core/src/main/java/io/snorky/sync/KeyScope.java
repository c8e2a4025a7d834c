package io.snorky.sync;

import java.util.function.Supplier;

/**
 * Puts a prefix before the keys of all objects that are registered meanwhile: in scope {@code a},
 * and inside it in scope {@code b}, key {@code K} becomes {@code a/b/K}.
 *
 * <p>Threads: each has its own scopes.
 */
public final class KeyScope {

    private static final ThreadLocal<String> PREFIX = ThreadLocal.withInitial(() -> "");

    private KeyScope() {}

    /** Does something in a scope. An empty one adds nothing. */
    public static void run(String scope, Runnable task) {
        call(
                scope,
                () -> {
                    task.run();
                    return true;
                });
    }

    /** Makes something in a scope. An empty one adds nothing. */
    public static <T> T call(String scope, Supplier<T> task) {
        String before = PREFIX.get();
        PREFIX.set(scope.isEmpty() ? before : before + scope + "/");
        try {
            return task.get();
        } finally {
            PREFIX.set(before);
        }
    }

    static String apply(String key) {
        return PREFIX.get() + key;
    }
}
