package io.snorky.sync;

import java.util.stream.Stream;

/**
 * What remains to be known of an operation when it has been done.
 *
 * @param isElement whether it added an element to a list or removed one, so that others moved
 */
record Trace(Operation.Kind kind, boolean isElement, String path) {

    /** Step by step, also where the operation replaces the whole because that is shorter. */
    static Stream<Trace> of(Operation operation) {
        return operation.instead().isEmpty()
                ? Stream.of(new Trace(operation.kind(), operation.isElement(), operation.path()))
                : operation.instead().stream().flatMap(Trace::of);
    }
}
