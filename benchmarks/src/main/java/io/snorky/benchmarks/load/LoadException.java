package io.snorky.benchmarks.load;

/** A load that could not be carried out, or whose outcome is wrong. */
final class LoadException extends RuntimeException {

    private static final long serialVersionUID = 1;

    LoadException(String message) {
        super(message);
    }

    LoadException(String message, Throwable cause) {
        super(message, cause);
    }
}
