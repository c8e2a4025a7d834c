package io.snorky.sync;

/**
 * What remains to be known of an operation when it has been done.
 *
 * @param isElement whether it added an element to a list or removed one, so that others moved
 */
record Trace(Operation.Kind kind, boolean isElement, String path) {

    static Trace of(Operation operation) {
        return new Trace(operation.kind(), operation.isElement(), operation.path());
    }
}
