package io.snorky.json;

/**
 * A text is not JSON, or a value cannot be written as JSON. Carries no stack trace: peers cause it.
 */
public final class JsonException extends RuntimeException {

    public JsonException(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
