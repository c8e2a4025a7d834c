package io.snorky;

import io.snorky.json.JsonException;
import io.snorky.json.JsonWriter;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/**
 * One JSON value on its way to clients, already encoded: however many clients get it, it is encoded
 * once.
 *
 * <p>Threads: immutable, shared freely.
 */
public final class Message {

    private final byte[] utf8;

    private Message(byte[] utf8) {
        this.utf8 = utf8;
    }

    /**
     * The envelope {@code {"service": service, "message": value}}.
     *
     * @param value null, a {@code JsonNode}, string, number, boolean, or what Jackson can turn into
     *     JSON: records, lists, maps and so on
     * @throws JsonException if it cannot be said in JSON
     */
    public static Message of(String service, @Nullable Object value) {
        return new Message(
                new JsonWriter()
                        .raw("{\"service\":")
                        .string(service)
                        .raw(",\"message\":")
                        .value(value)
                        .raw("}")
                        .toBytes());
    }

    /**
     * A message from its finished text.
     *
     * @param utf8 JSON in UTF-8, which is neither checked nor copied and must not change any more
     */
    public static Message ofJson(byte[] utf8) {
        return new Message(utf8);
    }

    /** The JSON text in UTF-8. It is shared: do not change it. */
    public byte[] utf8() {
        return utf8;
    }

    /** The JSON text. */
    @Override
    public String toString() {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
