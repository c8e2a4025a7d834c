package io.snorky.sync;

import io.snorky.Client;
import io.snorky.Message;
import io.snorky.json.JsonException;
import io.snorky.sync.Outcomes.Outcome;

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

    static Message noBytes(@Nullable String id, @Nullable String event, @Nullable String action) {
        return Frames.error(
                ErrorCode.DENIED,
                "SockJS: bytes (expected: WebSocket for those)",
                id,
                event,
                action);
    }

    /**
     * In the session's turn.
     *
     * @param bytes that came behind it, null if none did
     */
    void take(Event event, byte @Nullable [] bytes) {
        String id = event.id();
        Outcome earlier = id == null ? null : session.outcomes().of(id);
        if (id != null && earlier != null) {
            answerAgain(event, id, earlier);
            return;
        }
        try {
            SyncHandle object = session.object(event.key());
            if (object == null) {
                throw unknown(event);
            }
            take(event, bytes, object);
            if (id != null) {
                answer(event, id, object);
            }
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

    private void take(Event event, byte @Nullable [] bytes, SyncHandle object) throws Refusal {
        if (bytes != null && !event.kind().equals("_ACTION")) {
            throw unknown(event);
        }
        Inbox inbox = object.inbox();
        switch (event.kind()) {
            case "_GET" -> object.mirror().sendAll(client);
            case "_SET" -> inbox.set(client, event.id(), event.data());
            case "_PATCH" -> inbox.patch(client, event.id(), event.revision(), event.data());
            case "_ACTION" -> inbox.call(name(event), event.data(), bytes);
            case "_TASK_START" -> inbox.start(session, name(event), event.data());
            case "_TASK_CANCEL" -> inbox.cancel(name(event));
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

    // --- Answers

    /** Who wrote has been told what became of it already. */
    private void answer(Event event, String id, SyncHandle object) {
        session.outcomes().put(id, Outcomes.DONE);
        if (!isWrite(event)) {
            client.send(Frames.ack(id, object.mirror().now().revision()));
        }
    }

    private void answerAgain(Event event, String id, Outcome earlier) {
        SyncHandle object = session.object(event.key());
        switch (earlier) {
            case Outcome.Refused(Message answer) -> client.send(answer);
            case Outcome.Done() when object != null && isWrite(event) ->
                    object.mirror().confirm(client, id);
            case Outcome.Done() ->
                    client.send(
                            Frames.ack(id, object == null ? 0 : object.mirror().now().revision()));
        }
    }

    private static boolean isWrite(Event event) {
        return event.kind().equals("_SET") || event.kind().equals("_PATCH");
    }

    private void refuse(Event event, Refusal refusal) {
        boolean hasName = event.kind().equals("_ACTION") || event.kind().startsWith("_TASK_");
        LOG.log(
                Level.DEBUG,
                () -> "Refused " + event.type() + " of " + client + ": " + refusal.getMessage());
        String id = event.id();
        Message answer =
                Frames.error(
                        refusal.code(),
                        refusal.getMessage(),
                        id,
                        event.type(),
                        hasName ? event.text("type") : null);
        if (id != null) {
            session.outcomes().put(id, new Outcome.Refused(answer));
        }
        client.send(answer);
        SyncHandle object = session.object(event.key());
        if (isWrite(event) && object != null) {
            sendState(object);
        }
    }

    /** Puts right what the browser shows already. */
    private void sendState(SyncHandle object) {
        try {
            object.mirror().sendAll(client);
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
        return Event.of(type, metadata, meta.id(), null);
    }
}
