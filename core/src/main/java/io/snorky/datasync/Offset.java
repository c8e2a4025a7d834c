package io.snorky.datasync;

import io.snorky.rpc.RpcError;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in one life of a log, as clients keep it.
 *
 * @param epoch of the log
 * @param number of the entry after which to read on
 */
record Offset(String epoch, long number) {

    private static final Pattern TEXT = Pattern.compile("([A-Za-z0-9]{1,32})-([0-9]{1,18})");

    /** Opaque to clients. */
    String text() {
        return epoch + "-" + number;
    }

    /**
     * Reads what {@link #text} has written.
     *
     * @throws RpcError if it is something else
     */
    static Offset parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new RpcError("offset", text, "one that came from here, or null");
        }
        return new Offset(matcher.group(1), Long.parseLong(matcher.group(2)));
    }
}
