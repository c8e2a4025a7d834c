package io.snorky.rpc;

import io.snorky.Message;
import io.snorky.json.JsonException;
import io.snorky.json.JsonWriter;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/** Writes the answers of one service, whose beginnings are always the same. */
final class ReplyWriter {

    private static final byte[] CALL_ID = ascii(",\"callId\":");
    private static final byte[] DATA = ascii(",\"data\":");
    private static final byte[] MESSAGE = ascii(",\"message\":");
    private static final byte[] END = ascii("}}");

    private final byte[] response;
    private final byte[] error;

    ReplyWriter(String service) {
        response = beginning(service, "response");
        error = beginning(service, "error");
    }

    private static byte[] beginning(String service, String type) {
        return new JsonWriter()
                .raw("{\"service\":")
                .string(service)
                .raw(",\"message\":{\"type\":")
                .string(type)
                .toBytes();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * @throws JsonException if the data is no JSON
     */
    Message response(byte @Nullable [] callId, @Nullable Object data) {
        JsonWriter out = new JsonWriter(128).raw(response);
        if (callId != null) {
            out.raw(CALL_ID).raw(callId);
        }
        return Message.ofJson(out.raw(DATA).value(data).raw(END).toBytes());
    }

    Message error(byte @Nullable [] callId, String text) {
        JsonWriter out = new JsonWriter(128).raw(error).raw(CALL_ID);
        if (callId == null) {
            out.raw("null");
        } else {
            out.raw(callId);
        }
        return Message.ofJson(out.raw(MESSAGE).string(text).raw(END).toBytes());
    }
}
