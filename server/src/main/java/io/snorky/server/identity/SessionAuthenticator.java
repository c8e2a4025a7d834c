package io.snorky.server.identity;

import io.snorky.Identification;
import io.snorky.Verdict;
import io.snorky.server.Authenticator;
import io.snorky.server.HandshakeRequest;

import java.util.Optional;

/**
 * Knows peers by the session that they have with the web application: its cookie is looked up by a
 * function, as in the application's table of sessions.
 *
 * <p>Cookies come with requests of pages of any origin, so which may connect is up to the
 * endpoint's allowed origins; by default only those of the same host.
 *
 * <p>Threads: any, if the function is.
 */
public final class SessionAuthenticator implements Authenticator {

    private static final int MAX_CHARACTERS = 4_096;

    /** Looks up sessions. */
    @FunctionalInterface
    public interface Sessions {

        /**
         * Whose session it is, and for how long that holds. It may block.
         *
         * @param value of the cookie, as the peer sent it: at most 4,096 characters
         * @return empty if there is no such session
         */
        Optional<Identification> find(String value) throws Exception;
    }

    private final String cookie;
    private final Sessions sessions;
    private final Verdict withoutSession;

    private SessionAuthenticator(String cookie, Sessions sessions, Verdict withoutSession) {
        this.cookie = cookie;
        this.sessions = sessions;
        this.withoutSession = withoutSession;
    }

    /**
     * One that refuses peers without a session.
     *
     * @param cookie its name
     */
    public static SessionAuthenticator of(String cookie, Sessions sessions) {
        return new SessionAuthenticator(cookie, sessions, new Verdict.Refused());
    }

    /** The same, which treats peers without a session in another way. */
    public SessionAuthenticator withoutSession(Verdict verdict) {
        return new SessionAuthenticator(cookie, sessions, verdict);
    }

    @Override
    public Verdict authenticate(HandshakeRequest request) throws Exception {
        Optional<String> value = request.cookie(cookie).filter(it -> it.length() <= MAX_CHARACTERS);
        if (value.isEmpty()) {
            return withoutSession;
        }
        return sessions.find(value.get())
                .<Verdict>map(Verdict.Identified::new)
                .orElse(withoutSession);
    }
}
