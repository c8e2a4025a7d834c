package io.snorky.server.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.snorky.Identification;
import io.snorky.identity.TokenRefusedException;

import org.assertj.core.api.AbstractStringAssert;

/** Shows tokens to verifiers. */
final class Refusals {

    private Refusals() {}

    /** What the log would say of a token. */
    static AbstractStringAssert<?> assertRefused(JwtVerifier verifier, String token) {
        var refused =
                catchThrowableOfType(TokenRefusedException.class, () -> verifier.verify(token));
        assertThat(refused).as("refused").isNotNull();
        return assertThat(String.valueOf(refused.getMessage()));
    }

    static Identification accepted(JwtVerifier verifier, String token) {
        try {
            return verifier.verify(token);
        } catch (TokenRefusedException e) {
            throw new AssertionError(e);
        }
    }
}
