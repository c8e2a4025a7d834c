package io.snorky.sync;

import io.snorky.Client;
import io.snorky.CloseReason;
import io.snorky.ConnectionHandler;
import io.snorky.Scheduler;

import tools.jackson.databind.JsonNode;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The sessions of an application, which endpoints bring browsers to:
 *
 * <pre>{@code
 * var sessions = SyncSessions.identified(session -> {
 *     session.register(new Notes());
 *     return new SessionState() {};
 * });
 * server.listen(5001, at -> at.sync("/sync", sessions));
 * }</pre>
 *
 * <p>A browser that has proved at the handshake who it is meets no sessions but those of the same
 * identity, whichever ids it says.
 *
 * <p>Threads: any. The sessions are in a concurrent map; each is made in its own turn.
 */
public final class SyncSessions implements AutoCloseable {

    private static final Logger LOG = System.getLogger(SyncSessions.class.getName());
    private static final CloseReason FULL = new CloseReason(1013, "Too many sessions");

    /** What finds a session: ids alone do not get anybody into the session of somebody else. */
    record Key(JsonNode identity, SessionId id) {}

    /** How sessions are set up. Threads: one at a time. */
    public static final class Builder {

        private final boolean asks;
        private final Function<SyncSession, SessionState> factory;
        private SyncLimits limits = SyncLimits.DEFAULT;
        private Scheduler scheduler = Scheduler.system();
        private InstantSource time = InstantSource.system();
        private boolean shared;

        private Builder(boolean asks, Function<SyncSession, SessionState> factory) {
            this.asks = asks;
            this.factory = factory;
        }

        /** Other bounds than {@link SyncLimits#DEFAULT}. */
        public Builder limits(SyncLimits newLimits) {
            limits = newLimits;
            return this;
        }

        /**
         * Sessions may have several connections at once, and who comes takes nobody's place: tabs
         * or devices of one user that show the same, each edited by all.
         */
        public Builder shared() {
            shared = true;
            return this;
        }

        /** What tells the time, and does things later. */
        public Builder time(Scheduler newScheduler, InstantSource newTime) {
            scheduler = newScheduler;
            time = newTime;
            return this;
        }

        /** The sessions, none of them there yet. */
        public SyncSessions build() {
            return new SyncSessions(this);
        }
    }

    private final boolean asks;
    private final Function<SyncSession, SessionState> factory;
    private final boolean shared;
    private final Surroundings surroundings;
    private final Map<Key, SyncSession> sessions = new ConcurrentHashMap<>();
    private final ConnectionHandler browsers = new Browsers(this);
    private final Downloads downloads;

    private SyncSessions(Builder builder) {
        asks = builder.asks;
        factory = builder.factory;
        shared = builder.shared;
        surroundings = new Surroundings(builder.scheduler, builder.time, builder.limits);
        downloads = new Downloads(builder.scheduler);
    }

    /**
     * Browsers are asked whose session they want, and get one for each pair of ids.
     *
     * @param factory makes what a new session holds, and registers its objects; it may block
     */
    public static SyncSessions identified(Function<SyncSession, SessionState> factory) {
        return identifiedBuilder(factory).build();
    }

    /** As {@link #identified}, with settings. */
    public static Builder identifiedBuilder(Function<SyncSession, SessionState> factory) {
        return new Builder(true, factory);
    }

    /** Nobody is asked, and there is one session: for whoever came last, unless it is shared. */
    public static SyncSessions single(Function<SyncSession, SessionState> factory) {
        return singleBuilder(factory).build();
    }

    /** As {@link #single}, with settings. */
    public static Builder singleBuilder(Function<SyncSession, SessionState> factory) {
        return new Builder(false, factory);
    }

    /** What an endpoint needs of it. Applications do not. */
    public ConnectionHandler browsers() {
        return browsers;
    }

    /** What an endpoint needs to have browsers fetch files. Applications do not. */
    public Downloads downloads() {
        return downloads;
    }

    /** The sessions there are now. */
    public List<SyncSession> sessions() {
        return List.copyOf(sessions.values());
    }

    /** Ends all sessions there are now. */
    @Override
    public void close() {
        sessions().forEach(SyncSession::terminate);
    }

    boolean asks() {
        return asks;
    }

    boolean isShared() {
        return shared;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    SessionState newState(SyncSession session) {
        return factory.apply(session);
    }

    void forget(Key key, SyncSession session) {
        sessions.remove(key, session);
    }

    /** Brings a browser to its session. It is hung up on if that cannot be. */
    Optional<SyncSession> bring(Client client, SessionId id) {
        var key = new Key(client.identity(), id);
        while (true) {
            if (sessions.size() >= surroundings.limits().maxSessions()
                    && !sessions.containsKey(key)) {
                LOG.log(Level.WARNING, "No session for {0}: {1} are open", client, sessions.size());
                client.close(FULL);
                return Optional.empty();
            }
            SyncSession session =
                    sessions.computeIfAbsent(key, absent -> new SyncSession(this, absent));
            try {
                if (session.attach(client)) {
                    return Optional.of(session);
                }
                sessions.remove(key, session);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "No " + session + " for " + client, e);
                session.terminate();
                client.close(CloseReason.INTERNAL_ERROR);
                return Optional.empty();
            }
        }
    }
}
