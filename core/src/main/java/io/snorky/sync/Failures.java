package io.snorky.sync;

import java.lang.reflect.InvocationTargetException;

/** What is thrown by methods that are called by reflection. */
final class Failures {

    private Failures() {}

    /** What the method itself has thrown, to be thrown on; an error is thrown at once. */
    static RuntimeException unwrapped(ReflectiveOperationException failure) {
        Throwable cause =
                failure instanceof InvocationTargetException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return switch (cause) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException(cause);
        };
    }
}
