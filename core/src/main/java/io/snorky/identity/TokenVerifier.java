package io.snorky.identity;

import io.snorky.Identification;

/**
 * Says whose a token is.
 *
 * <p>Threads: called by many virtual threads at a time; it may block.
 */
@FunctionalInterface
public interface TokenVerifier {

    /**
     * Looks at a token.
     *
     * @param token as the client sent it: any string
     * @throws TokenRefusedException if it proves nothing
     */
    Identification verify(String token) throws TokenRefusedException;
}
