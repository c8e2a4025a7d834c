package io.snorky;

import java.util.function.LongSupplier;

/**
 * Something that can be counted of a service, for an operator.
 *
 * @param name of words with dots between them, as {@code snorky.datasync.deltas}
 * @param description a sentence without its full stop
 * @param value may be asked from any thread, at any time
 */
public record Figure(String name, String description, Kind kind, LongSupplier value) {

    /** How a figure moves. */
    public enum Kind {
        /** It only grows. */
        COUNTER,
        /** It comes and goes. */
        GAUGE
    }

    /** One that only grows. */
    public static Figure counter(String name, String description, LongSupplier value) {
        return new Figure(name, description, Kind.COUNTER, value);
    }

    /** One that comes and goes. */
    public static Figure gauge(String name, String description, LongSupplier value) {
        return new Figure(name, description, Kind.GAUGE, value);
    }
}
