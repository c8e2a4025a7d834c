package io.snorky.sync;

/**
 * A client's patch was not applied. The message names the operation, its path and what would be
 * right. Carries no stack trace: peers cause it.
 */
final class PatchRefusedException extends Exception {

    private static final long serialVersionUID = 1;

    /** Why, in the words of the protocol. */
    enum Reason {
        MALFORMED("malformed"),
        UNKNOWN_PATH("unknown-path"),
        FAILED("patch-failed"),
        TOO_LARGE("too-large"),
        CONFLICT("conflict");

        private final String code;

        Reason(String code) {
            this.code = code;
        }
    }

    private final Reason reason;

    PatchRefusedException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** The same with the place in front of the message. */
    PatchRefusedException at(String place) {
        return new PatchRefusedException(reason, place + ": " + getMessage());
    }

    /** The code that the client is told. */
    String code() {
        return reason.code;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
