package io.snorky.sync;

import java.util.Locale;

/** Why something a browser said was refused. */
enum ErrorCode {
    MALFORMED,
    UNKNOWN_EVENT,
    UNKNOWN_ACTION,
    INVALID,
    UNKNOWN_PATH,
    PATCH_FAILED,
    CONFLICT,
    TOO_LARGE,
    FAILED,
    DENIED;

    /** The code with that name on the wire. */
    static ErrorCode of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
