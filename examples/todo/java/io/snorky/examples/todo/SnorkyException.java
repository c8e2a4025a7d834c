package io.snorky.examples.todo;

import java.net.URI;
import java.util.Set;

/** A call of the Snorky server that did not succeed. */
final class SnorkyException extends Exception {

    /** Statuses that say that this very message will never be taken. */
    private static final Set<Integer> FINAL = Set.of(400, 405, 413);

    private final boolean refused;

    private SnorkyException(String message, boolean refused) {
        super(message);
        this.refused = refused;
    }

    static SnorkyException unreachable(URI address, Exception cause) {
        var failure = new SnorkyException(address + " cannot be reached: " + cause, false);
        failure.initCause(cause);
        return failure;
    }

    static SnorkyException status(URI address, int status) {
        String hint =
                switch (status) {
                    case 401 -> "the server's back-end key";
                    case 404 -> "a back end with the service datasync_backend";
                    default -> "200";
                };
        return new SnorkyException(
                address + " answered " + status + " (expected: " + hint + ")",
                FINAL.contains(status));
    }

    static SnorkyException notSnorky(URI address) {
        return new SnorkyException(
                address + " gave an answer that is none of a Snorky server", false);
    }

    static SnorkyException refused(String message) {
        return new SnorkyException("the Snorky server refused: " + message, true);
    }

    /** Whether the server took notice of the call and will refuse it again. */
    boolean isRefused() {
        return refused;
    }
}
