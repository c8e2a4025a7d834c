package io.snorky.rpc;

import io.snorky.json.JsonDocument;

/** Makes a Java value of a JSON value. */
@FunctionalInterface
interface Binder {

    /**
     * @param value its place in the document
     * @throws InvalidParams if its type or range does not fit
     */
    Object bind(JsonDocument document, int value) throws InvalidParams;
}
