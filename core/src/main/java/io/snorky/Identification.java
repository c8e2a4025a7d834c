package io.snorky;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.time.Duration;
import java.util.Optional;

/**
 * Who somebody has proved to be.
 *
 * @param identity any JSON value but null
 * @param validFor how long from now that holds; for ever if empty. Not negative
 */
public record Identification(JsonNode identity, Optional<Duration> validFor) {

    public Identification {
        if (identity.isNull()) {
            throw new IllegalArgumentException("identity: null (expected: any other JSON value)");
        }
        if (validFor.isPresent() && validFor.get().isNegative()) {
            throw new IllegalArgumentException(
                    "validFor: " + validFor.get() + " (expected: not negative)");
        }
    }

    /** One that holds for ever. */
    public static Identification of(JsonNode identity) {
        return new Identification(identity, Optional.empty());
    }

    /** One that holds for ever, with a string as identity. */
    public static Identification of(String identity) {
        return of(JsonNodeFactory.instance.stringNode(identity));
    }

    /** The same, for that long from now. */
    public Identification validFor(Duration duration) {
        return new Identification(identity, Optional.of(duration));
    }
}
