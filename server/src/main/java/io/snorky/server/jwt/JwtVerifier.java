package io.snorky.server.jwt;

import io.snorky.Identification;
import io.snorky.identity.TokenRefusedException;
import io.snorky.identity.TokenVerifier;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Believes signed tokens (JWT, RFC 7519): those whose signature is of one of its keys, by an
 * algorithm that is the key's, and whose claims are as {@link JwtOptions} has them. It holds until
 * {@code exp} and the leeway are over.
 *
 * <p>What else a token's header says of keys ({@code jku}, {@code x5u}, {@code jwk}, {@code x5c})
 * is not looked at. One with {@code crit} is refused.
 *
 * <p>Threads: any. It waits where its keys have to be read or fetched.
 */
public final class JwtVerifier implements TokenVerifier {

    @FunctionalInterface
    private interface Identify {
        JsonNode of(JsonNode claims) throws TokenRefusedException;
    }

    private static final Logger LOG = System.getLogger(JwtVerifier.class.getName());

    private final JwtOptions options;
    private final SignatureCheck signatures;
    private final Identify identify;

    /** One whose identities are the values of {@link JwtOptions#identityClaim}. */
    public JwtVerifier(JwtKeys keys, JwtOptions options) {
        this(options, keys, claims -> claim(claims, options.identityClaim()));
    }

    /**
     * One whose identities are made of all claims. A function that returns JSON's null, or throws,
     * refuses the token; operators read what the exception says, and at debug level whence it came.
     *
     * @param identity is called with the claims, an object of its own; may wait
     */
    public JwtVerifier(
            JwtKeys keys,
            JwtOptions options,
            Function<? super JsonNode, ? extends JsonNode> identity) {
        this(options, keys, claims -> applied(identity, claims));
    }

    private JwtVerifier(JwtOptions options, JwtKeys keys, Identify identify) {
        this.options = options;
        this.identify = identify;
        signatures = new SignatureCheck(keys);
        keys.prepare(options.clock().instant());
    }

    /**
     * Looks at a token.
     *
     * @throws TokenRefusedException whose message can be logged: values of the token are cut and
     *     escaped, and there is nothing of its signature
     */
    @Override
    public Identification verify(String token) throws TokenRefusedException {
        CompactToken parts = CompactToken.of(token, options.maxTokenCharacters());
        signatures.check(parts, options.clock().instant());
        JsonNode claims = parts.readClaims();
        Instant now = options.clock().instant();
        Instant end = new ClaimChecks(options, claims, now).check();
        JsonNode identity = identify.of(claims);
        return new Identification(identity, validFor(now, end));
    }

    private static Optional<Duration> validFor(Instant now, @Nullable Instant end) {
        return end == null ? Optional.empty() : Optional.of(Duration.between(now, end));
    }

    private static JsonNode claim(JsonNode claims, String name) throws TokenRefusedException {
        JsonNode value = claims.path(name);
        if (value.isMissingNode() || value.isNull()) {
            String shown = value.isNull() ? "null" : "missing";
            throw Refusal.of(Shown.text(name), shown, "the identity, any JSON value but null");
        }
        return value;
    }

    private static JsonNode applied(
            Function<? super JsonNode, ? extends JsonNode> identity, JsonNode claims)
            throws TokenRefusedException {
        try {
            @Nullable JsonNode value = identity.apply(claims);
            if (value != null && !value.isNull() && !value.isMissingNode()) {
                return value;
            }
        } catch (RuntimeException e) {
            String thrown = Shown.text(e.toString());
            LOG.log(Level.DEBUG, "The function from claims to an identity", e);
            throw Refusal.of("identity", thrown, "none thrown by the function from claims");
        }
        throw Refusal.of("identity", "null", "any other JSON value, of the function from claims");
    }
}
