package io.snorky.rpc;

import io.snorky.json.JsonDocument;
import io.snorky.json.JsonName;

import org.jspecify.annotations.Nullable;

/**
 * A parameter of a command: where its argument comes from. Found once, when the service is built.
 */
sealed interface Parameter {

    /** The client who calls. */
    record Caller() implements Parameter {}

    /**
     * A member of the call's params.
     *
     * @param isNullable whether null will do
     * @param isOptional whether it may be left out
     * @param absent the argument then
     */
    record Value(
            JsonName name,
            Binder binder,
            boolean isNullable,
            boolean isOptional,
            @Nullable Object absent)
            implements Parameter {

        /**
         * @param place of the value in the document, or {@link JsonDocument#NONE}
         */
        @Nullable Object bind(JsonDocument document, int place) throws InvalidParams {
            if (place == JsonDocument.NONE) {
                if (!isOptional) {
                    throw new InvalidParams(name.text() + ": missing");
                }
                return absent;
            }
            if (isNullable && document.isNull(place)) {
                return null;
            }
            try {
                return binder.bind(document, place);
            } catch (InvalidParams e) {
                throw new InvalidParams(name.text() + ": " + e.getMessage());
            }
        }
    }
}
