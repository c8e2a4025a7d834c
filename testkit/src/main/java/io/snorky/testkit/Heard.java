package io.snorky.testkit;

import io.snorky.json.JsonException;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;

/**
 * Something that a client has heard.
 *
 * <p>Threads: immutable.
 */
public final class Heard {

    private final Ear ear;
    private final int number;
    private final String text;
    private final @Nullable JsonNode envelope;

    Heard(Ear ear, int number, String text) {
        this.ear = ear;
        this.number = number;
        this.text = text;
        envelope = envelope(text);
    }

    private static @Nullable JsonNode envelope(String text) {
        if (!text.startsWith("{")) {
            return null;
        }
        try {
            JsonNode tree = Json.read(text.getBytes(StandardCharsets.UTF_8));
            return tree.path("service").isString() && tree.has("message") ? tree : null;
        } catch (JsonException e) {
            return null; // a text of a ConnectionHandler
        }
    }

    /** The name of the service that it came from; empty if it was none. */
    public String service() {
        return envelope == null ? "" : envelope.get("service").stringValue();
    }

    /** What the service has sent. */
    public JsonNode message() {
        if (envelope == null) {
            throw new IllegalStateException("text: " + text + " (expected: from a service)");
        }
        return envelope.get("message");
    }

    /** Exactly what came, envelope and all. */
    public String text() {
        return text;
    }

    /** It was heard before the answer to a call of the same client, which this waits for. */
    public Heard before(Call call) {
        return before(call.answer());
    }

    /** It was heard before something else that the same client has heard. */
    public Heard before(Heard other) {
        if (ear != other.ear) {
            throw new IllegalArgumentException(
                    "other: heard by " + other.ear.name() + " (expected: by " + ear.name() + ")");
        }
        if (number >= other.number) {
            throw ear.failure("hears this in another order", text, "before " + other.text);
        }
        return this;
    }

    /** It was heard after the answer to a call of the same client, which this waits for. */
    public Heard after(Call call) {
        call.answer().before(this);
        return this;
    }

    int number() {
        return number;
    }

    /** The id of the call that it may be the answer to; 0 if it is the answer to none. */
    int callId() {
        if (envelope == null) {
            return 0;
        }
        JsonNode message = message();
        String type = message.path("type").asString("");
        return type.equals("response") || type.equals("error")
                ? message.path("callId").asInt(0)
                : 0;
    }

    @Override
    public String toString() {
        return number + ". " + Json.withSingleQuotes(text);
    }
}
