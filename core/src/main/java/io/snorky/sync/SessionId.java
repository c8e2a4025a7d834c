package io.snorky.sync;

/**
 * Whose session it is. Browsers say both, and neither is a secret.
 *
 * @param user not empty
 * @param session not empty
 */
public record SessionId(String user, String session) {

    /** The session of endpoints where everybody shares one. */
    static final SessionId EVERYBODY = new SessionId("everybody", "everybody");

    public SessionId {
        if (user.isEmpty() || session.isEmpty()) {
            throw new IllegalArgumentException("user, session: empty (expected: both said)");
        }
    }
}
