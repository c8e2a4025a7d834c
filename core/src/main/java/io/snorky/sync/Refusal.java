package io.snorky.sync;

/** Something a browser said cannot be done. It is told the code and the message. */
final class Refusal extends Exception {

    private final ErrorCode code;

    Refusal(ErrorCode code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    ErrorCode code() {
        return code;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
