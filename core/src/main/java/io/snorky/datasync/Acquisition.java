package io.snorky.datasync;

import io.snorky.log.Offset;
import io.snorky.rpc.RpcError;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/**
 * How a client wants to have a subscription.
 *
 * @param resumes whether it is told offsets, and told to resync
 * @param from where to read on; null for where the subscription waits
 * @param rowKey the member that tells rows apart, if what the client misses while it lags is to be
 *     folded to one delta for each row; else null
 */
record Acquisition(boolean resumes, @Nullable Offset from, @Nullable String rowKey) {

    private static final String DEFAULT_ROW_KEY = "id";

    /**
     * Reads the parameters of a call.
     *
     * @param offset a string or null; false if it was left out
     * @param conflate a string or a boolean
     * @throws RpcError if they are something else
     */
    static Acquisition read(JsonNode offset, JsonNode conflate) {
        boolean leftOut = offset.isBoolean() && !offset.booleanValue();
        if (!leftOut && !offset.isString() && !offset.isNull()) {
            throw new RpcError("offset", offset, "a string, or null");
        }
        if (!conflate.isBoolean() && !conflate.isString()) {
            throw new RpcError("conflate", conflate, "a boolean, or the name of a member");
        }
        if (leftOut && (conflate.isString() || conflate.booleanValue())) {
            throw new RpcError("conflate", conflate, "together with an offset, or null for it");
        }
        return new Acquisition(
                !leftOut, offset.isString() ? from(offset.stringValue()) : null, rowKey(conflate));
    }

    private static Offset from(String text) {
        return Offset.parse(text)
                .orElseThrow(
                        () -> new RpcError("offset", text, "one that came from here, or null"));
    }

    private static @Nullable String rowKey(JsonNode conflate) {
        if (conflate.isString()) {
            return conflate.stringValue();
        }
        return conflate.booleanValue() ? DEFAULT_ROW_KEY : null;
    }
}
