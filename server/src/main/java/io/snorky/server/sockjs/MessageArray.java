package io.snorky.server.sockjs;

import io.netty.util.concurrent.FastThreadLocal;
import io.snorky.json.JsonDocument;
import io.snorky.json.JsonException;
import io.snorky.server.InboundLimits;
import io.snorky.server.websocket.Dialect;

/**
 * Reads what clients send: an array of strings, each a message. Either all of them are heard or
 * none.
 *
 * <p>Threads: one for each thread.
 */
final class MessageArray {

    /** What became of it. */
    enum Outcome {
        HEARD,

        /** It is JSON, but no array of strings; or there is nothing. */
        NO_PAYLOAD,

        /** It is not JSON. */
        BROKEN,

        /** It holds more messages than a second may bring. */
        TOO_MANY
    }

    private static final FastThreadLocal<MessageArray> OF_THIS_THREAD =
            new FastThreadLocal<>() {
                @Override
                protected MessageArray initialValue() {
                    return new MessageArray();
                }
            };

    private static final int KEPT_BYTES = 64 * 1024;

    private final JsonDocument document = new JsonDocument();
    private byte[] decoded = new byte[1024];

    private MessageArray() {}

    static MessageArray ofThisThread() {
        return OF_THIS_THREAD.get();
    }

    Outcome read(byte[] json, int length, InboundLimits limits, Dialect.Hearer hearer) {
        if (length == 0) {
            return Outcome.NO_PAYLOAD;
        }
        try {
            document.read(json, 0, length, limits.maxNesting());
        } catch (JsonException e) {
            return Outcome.BROKEN;
        }
        return document.isArray(JsonDocument.ROOT) ? hearAll(limits, hearer) : Outcome.NO_PAYLOAD;
    }

    /** The same where a string alone is a message, too, and nothing is none. */
    Outcome readFrame(byte[] json, int length, InboundLimits limits, Dialect.Hearer hearer) {
        if (length == 0) {
            return Outcome.HEARD;
        }
        Outcome outcome = read(json, length, limits, hearer);
        if (outcome == Outcome.NO_PAYLOAD && document.isString(JsonDocument.ROOT)) {
            hear(JsonDocument.ROOT, hearer);
            return Outcome.HEARD;
        }
        return outcome;
    }

    private Outcome hearAll(InboundLimits limits, Dialect.Hearer hearer) {
        int count = 0;
        for (int element = document.firstIn(JsonDocument.ROOT);
                element != JsonDocument.NONE;
                element = document.nextIn(JsonDocument.ROOT, element)) {
            if (!document.isString(element)) {
                return Outcome.NO_PAYLOAD;
            }
            count++;
        }
        if (count > limits.messagesPerSecond()) {
            return Outcome.TOO_MANY;
        }
        for (int element = document.firstIn(JsonDocument.ROOT);
                element != JsonDocument.NONE;
                element = document.nextIn(JsonDocument.ROOT, element)) {
            hear(element, hearer);
        }
        return Outcome.HEARD;
    }

    private void hear(int string, Dialect.Hearer hearer) {
        int length = document.length(string);
        byte[] out = length <= decoded.length ? decoded : new byte[length];
        if (length <= KEPT_BYTES) {
            decoded = out;
        }
        hearer.hear(out, 0, document.string(string, out));
    }
}
