package io.snorky.examples.todo;

import java.util.Map;

/**
 * A request that is not served: the status of its answer, and a text that says what was wrong, with
 * which value, and what would have been right. On the wire {@code {"error": text}}.
 */
final class ApiError extends RuntimeException {

    /** Characters of a refused value that the answer shows. */
    private static final int SHOWN = 80;

    private final int status;
    private final Map<String, String> headers;

    ApiError(int status, String message) {
        this(status, message, Map.of());
    }

    ApiError(int status, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.headers = Map.copyOf(headers);
    }

    static ApiError invalid(String what, Object value, String expected) {
        String shown = value.toString();
        if (shown.length() > SHOWN) {
            shown = shown.substring(0, SHOWN) + "…";
        }
        return new ApiError(422, what + ": " + shown + " (expected: " + expected + ")");
    }

    static ApiError missing(String what, String expected) {
        return new ApiError(422, what + ": missing (expected: " + expected + ")");
    }

    static ApiError notFound(String what) {
        return new ApiError(404, what + ": not found");
    }

    static ApiError methodNotAllowed(String method, String allowed) {
        return new ApiError(
                405,
                "method: " + method + " (expected: " + allowed + ")",
                Map.of("Allow", allowed));
    }

    int status() {
        return status;
    }

    /** Headers that belong to the answer. */
    Map<String, String> headers() {
        return headers;
    }
}
