package io.snorky.rpc;

/** Thrown by a command to refuse a call. Its text goes to the caller; it carries no stack trace. */
public final class RpcError extends RuntimeException {

    private static final int MAX_VALUE_LENGTH = 80;

    /** A refusal without a reason: the caller gets {@code Exception}. */
    public RpcError() {
        this("Exception");
    }

    /**
     * @param message the text the caller gets
     */
    public RpcError(String message) {
        super(message.isEmpty() ? "Exception" : message, null, false, false);
    }

    /**
     * The caller gets {@code what: value (expected: expected)}.
     *
     * @param what the name of what was wrong
     * @param value what was given; no secret; cut after 80 characters
     * @param expected what would have been right
     */
    public RpcError(String what, Object value, String expected) {
        this(what + ": " + cut(value.toString()) + " (expected: " + expected + ")");
    }

    /** The text the caller gets. */
    public String text() {
        return String.valueOf(getMessage());
    }

    private static String cut(String value) {
        return value.length() <= MAX_VALUE_LENGTH
                ? value
                : value.substring(0, MAX_VALUE_LENGTH) + "…";
    }
}
