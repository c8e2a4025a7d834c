package io.snorky.sync;

import io.snorky.Client;
import io.snorky.Message;
import io.snorky.json.JsonException;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Takes what a browser says to the object it is for. What is wrong is answered and changes nothing.
 */
final class Dispatch {

    private static final Logger LOG = System.getLogger(Dispatch.class.getName());

    private final SyncSession session;
    private final Client client;

    Dispatch(SyncSession session, Client client) {
        this.session = session;
        this.client = client;
    }

    static Message noBytes(@Nullable String event, @Nullable String action) {
        return Frames.error(
                ErrorCode.DENIED, "SockJS: bytes (expected: WebSocket for those)", event, action);
    }

    /**
     * In the session's turn.
     *
     * @param bytes that came behind it, null if none did
     */
    void take(Event event, byte @Nullable [] bytes) {
        try {
            SyncHandle object = session.object(event.key());
            if (object == null) {
                throw unknown(event);
            }
            take(event, bytes, object);
        } catch (Refusal e) {
            refuse(event, e);
        } catch (JsonException e) {
            LOG.log(Level.ERROR, event.type() + " in " + session + " cannot be answered", e);
            refuse(event, new Refusal(ErrorCode.FAILED, "The state cannot be sent"));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, event.type() + " in " + session + " failed", e);
            refuse(event, new Refusal(ErrorCode.FAILED, "It failed"));
        }
    }

    private static void take(Event event, byte @Nullable [] bytes, SyncHandle object)
            throws Refusal {
        if (bytes != null && !event.kind().equals("_ACTION")) {
            throw unknown(event);
        }
        switch (event.kind()) {
            case "_GET" -> object.sendState();
            case "_SET" -> object.set(event.data());
            case "_PATCH" -> object.patch(event.data());
            case "_ACTION" -> object.call(name(event), event.data(), bytes);
            case "_TASK_START" -> object.start(name(event), event.data());
            case "_TASK_CANCEL" -> object.cancel(name(event));
            default -> throw unknown(event);
        }
    }

    private static String name(Event event) throws Refusal {
        String name = event.text("type");
        if (name == null) {
            throw new Refusal(ErrorCode.MALFORMED, "data.type: none (expected: a name)");
        }
        return name;
    }

    static Refusal unknown(Event event) {
        String type = event.type().length() <= 80 ? event.type() : event.type().substring(0, 80);
        return new Refusal(
                ErrorCode.UNKNOWN_EVENT,
                "type: " + type + " (expected: an event of an object in this session)");
    }

    private void refuse(Event event, Refusal refusal) {
        boolean hasName = event.kind().equals("_ACTION") || event.kind().startsWith("_TASK_");
        LOG.log(
                Level.DEBUG,
                () -> "Refused " + event.type() + " of " + client + ": " + refusal.getMessage());
        client.send(
                Frames.error(
                        refusal.code(),
                        refusal.getMessage(),
                        event.type(),
                        hasName ? event.text("type") : null));
        SyncHandle object = session.object(event.key());
        boolean isWrite = event.kind().equals("_SET") || event.kind().equals("_PATCH");
        if (isWrite && object != null) {
            sendState(object);
        }
    }

    /** Puts right what the browser shows already. */
    private static void sendState(SyncHandle object) {
        try {
            object.sendState();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "The state of " + object + " cannot be sent", e);
        }
    }

    /** The event that a binary frame belongs to. */
    static Event announced(Event meta) throws Refusal {
        String type = meta.text("type");
        JsonNode metadata = meta.data().get("metadata");
        if (type == null || metadata == null || !metadata.isObject()) {
            throw new Refusal(
                    ErrorCode.MALFORMED,
                    "_BIN_META (expected: {\"type\": an event, \"metadata\": an object})");
        }
        return Event.of(type, metadata);
    }
}
