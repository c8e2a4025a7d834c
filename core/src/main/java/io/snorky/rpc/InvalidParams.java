package io.snorky.rpc;

/** The params of a call do not fit its command. For the log; callers get fixed words. */
final class InvalidParams extends Exception {

    InvalidParams(String message) {
        super(message, null, false, false);
    }
}
