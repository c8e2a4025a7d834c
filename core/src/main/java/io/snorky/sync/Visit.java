package io.snorky.sync;

import io.snorky.Client;
import io.snorky.CloseReason;
import io.snorky.Scheduler;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * One connection of a browser: first it says who it is, then it is in a session.
 *
 * <p>Threads: owned by the client's lane, but for the timer, which only hangs up.
 */
final class Visit {

    private static final Logger LOG = System.getLogger(Visit.class.getName());
    private static final CloseReason TOO_LATE =
            new CloseReason(1008, "No user and session within the time for that");
    private static final CloseReason NOBODY =
            new CloseReason(1008, "First message must say user and session");

    private final SyncSessions sessions;
    private final Client client;
    private Scheduler.@Nullable Timer deadline;
    private boolean refused;
    private @Nullable SyncSession session;
    private @Nullable Dispatch dispatch;

    /** What the next bytes belong to. */
    private @Nullable Event announced;

    Visit(SyncSessions sessions, Client client) {
        this.sessions = sessions;
        this.client = client;
    }

    void open() {
        if (sessions.asks()) {
            client.send(Frames.REQUEST_USER_SESSION);
            deadline =
                    sessions.surroundings()
                            .scheduler()
                            .schedule(
                                    sessions.surroundings().limits().handshakeTimeout(),
                                    () -> client.close(TOO_LATE));
        } else {
            enter(SessionId.EVERYBODY);
        }
    }

    private void enter(SessionId id) {
        sessions.bring(client, id)
                .ifPresentOrElse(
                        own -> {
                            session = own;
                            dispatch = new Dispatch(own, client);
                        },
                        () -> refused = true);
    }

    void hear(String text) {
        if (refused) {
            return;
        }
        SyncSession own = session;
        Dispatch toObjects = dispatch;
        if (own == null || toObjects == null) {
            identify(text);
            return;
        }
        try {
            Event event = Event.parse(text, sessions.surroundings().limits().maxNesting());
            if (event.kind().equals("_BIN_META")) {
                announce(event);
            } else {
                own.receive(client, () -> toObjects.take(event, null));
            }
        } catch (Refusal e) {
            refuse(e, null);
        }
    }

    private void announce(Event meta) {
        if (!client.takesBytes()) {
            client.send(Dispatch.noBytes(meta.id(), String.valueOf(meta.text("type")), null));
            return;
        }
        try {
            announced = Dispatch.announced(meta);
        } catch (Refusal e) {
            announced = null;
            refuse(e, meta.type());
        }
    }

    void hear(byte[] bytes) {
        SyncSession own = session;
        Dispatch toObjects = dispatch;
        if (refused || own == null || toObjects == null) {
            turnAway("bytes");
            return;
        }
        Event event = announced;
        announced = null;
        if (event == null) {
            refuse(
                    new Refusal(ErrorCode.MALFORMED, "bytes (expected: _BIN_META before them)"),
                    null);
        } else {
            own.receive(client, () -> toObjects.take(event, bytes));
        }
    }

    private void refuse(Refusal refusal, @Nullable String event) {
        LOG.log(Level.DEBUG, () -> "Refused from " + client + ": " + refusal.getMessage());
        client.send(Frames.error(refusal.code(), refusal.getMessage(), null, event, null));
    }

    // --- Who it is

    private void identify(String text) {
        cancelDeadline();
        try {
            Event event = Event.parse(text, sessions.surroundings().limits().maxNesting());
            String user = event.text("user");
            String id = event.text("session");
            if (event.type().equals("_USER_SESSION") && isId(user) && isId(id)) {
                enter(new SessionId(String.valueOf(user), String.valueOf(id)));
            } else {
                turnAway(event.type());
            }
        } catch (Refusal e) {
            turnAway(e.getMessage());
        }
    }

    private boolean isId(@Nullable String id) {
        return id != null
                && !id.isEmpty()
                && id.length() <= sessions.surroundings().limits().maxIdLength();
    }

    private void turnAway(String said) {
        LOG.log(Level.DEBUG, () -> client + " does not say who it is, but " + said);
        refused = true;
        cancelDeadline();
        client.close(NOBODY);
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
    }

    void leave() {
        cancelDeadline();
        SyncSession own = session;
        if (own != null) {
            own.detach(client);
        }
    }
}
