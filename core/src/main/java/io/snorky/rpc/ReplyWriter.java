package io.snorky.rpc;

import io.snorky.Client;
import io.snorky.json.JsonException;
import io.snorky.json.JsonWriter;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/** Sends the answers of one service, whose beginnings are always the same. */
final class ReplyWriter {

    private static final byte[] CALL_ID = ascii(",\"callId\":");
    private static final byte[] DATA = ascii(",\"data\":");
    private static final byte[] MESSAGE = ascii(",\"message\":");
    private static final byte[] NULL = ascii("null");
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
     * @throws JsonException if the data is no JSON; then nothing is sent
     */
    void response(Client client, byte @Nullable [] callId, @Nullable Object data) {
        Scratch.write(out -> {
            out.raw(response);
            if (callId != null) {
                out.raw(CALL_ID).raw(callId);
            }
            client.send(out.raw(DATA).value(data).raw(END));
        });
    }

    void error(Client client, byte @Nullable [] callId, String text) {
        Scratch.write(out -> {
            out.raw(error).raw(CALL_ID).raw(callId == null ? NULL : callId);
            client.send(out.raw(MESSAGE).string(text).raw(END));
        });
    }
}
