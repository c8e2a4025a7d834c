package io.snorky.server.identity;

import io.snorky.Verdict;
import io.snorky.identity.RefusedTokens;
import io.snorky.identity.TokenRefusedException;
import io.snorky.identity.TokenVerifier;
import io.snorky.server.Authenticator;
import io.snorky.server.HandshakeRequest;

import java.time.Duration;
import java.util.Optional;

/**
 * Knows peers by a token that they bring to the handshake: in the header {@code Authorization:
 * Bearer …}, in the query as {@code ?token=…}, or in a cookie, if one is named; the first of them
 * that is there counts. What becomes of those who bring none is up to {@link #withoutToken}.
 *
 * <p>Offer an {@link io.snorky.identity.IdentityService} with the same verifier, for those who
 * bring their token with the first message and those who renew it.
 *
 * <p>Threads: any, if the verifier is.
 */
public final class TokenAuthenticator implements Authenticator {

    private static final String BEARER = "Bearer ";
    private static final String PARAMETER = "token";

    private final TokenVerifier verifier;
    private final RefusedTokens refused;
    private final Optional<String> cookie;
    private final Verdict withoutToken;

    private TokenAuthenticator(
            TokenVerifier verifier,
            RefusedTokens refused,
            Optional<String> cookie,
            Verdict withoutToken) {
        this.verifier = verifier;
        this.refused = refused;
        this.cookie = cookie;
        this.withoutToken = withoutToken;
    }

    /**
     * One that wants a token within 10 s by the first message of those who come without one.
     *
     * @param verifier says what tokens are worth
     * @param refused is told of those that are worth nothing
     */
    public static TokenAuthenticator of(TokenVerifier verifier, RefusedTokens refused) {
        return new TokenAuthenticator(
                verifier,
                refused,
                Optional.empty(),
                new Verdict.TokenFirst(Duration.ofSeconds(10)));
    }

    /** The same, which also looks for the token in a cookie. */
    public TokenAuthenticator withCookie(String name) {
        return new TokenAuthenticator(verifier, refused, Optional.of(name), withoutToken);
    }

    /** The same, which treats peers without a token in another way. */
    public TokenAuthenticator withoutToken(Verdict verdict) {
        return new TokenAuthenticator(verifier, refused, cookie, verdict);
    }

    @Override
    public Verdict authenticate(HandshakeRequest request) {
        Optional<String> token = token(request);
        if (token.isEmpty()) {
            return withoutToken;
        }
        try {
            return new Verdict.Identified(verifier.verify(token.get()));
        } catch (TokenRefusedException e) {
            refused.add(request.remoteAddress(), e);
            return new Verdict.Refused();
        }
    }

    private Optional<String> token(HandshakeRequest request) {
        return request.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip())
                .or(() -> request.parameter(PARAMETER))
                .or(() -> cookie.flatMap(request::cookie));
    }
}
