package io.snorky.server.jwt;

import io.snorky.identity.TokenRefusedException;

/** Says why a token proves nothing. */
final class Refusal {

    private Refusal() {}

    /**
     * @param value what the token has there, as {@link Shown} has it
     * @param expected what would have been right
     */
    static TokenRefusedException of(String what, Object value, String expected) {
        return new TokenRefusedException(what + ": " + value + " (expected: " + expected + ")");
    }
}
