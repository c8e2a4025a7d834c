package io.snorky.server.jwt;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What tokens have to say to be believed, besides a signature that is right.
 *
 * @param issuers of which {@code iss} has to be one; any, or none, if empty
 * @param audiences of which {@code aud} has to hold one; if empty, tokens with {@code aud} are
 *     refused, as they are for somebody else
 * @param leeway by which clocks may differ: a token holds that much before {@code nbf} and after
 *     {@code exp}; 0 to 10 minutes
 * @param identityClaim whose value is the identity
 * @param requiresExpiry whether a token has to have {@code exp}
 * @param maxAge how long after {@code iat}, which it needs then, a token holds at most; more than
 *     zero, 3,650 days at most; empty if that does not matter
 * @param maxTokenCharacters of a token; it is not looked at if it is longer. 1 to 65,536
 * @param clock that tells the time
 */
public record JwtOptions(
        List<String> issuers,
        List<String> audiences,
        Duration leeway,
        String identityClaim,
        boolean requiresExpiry,
        Optional<Duration> maxAge,
        int maxTokenCharacters,
        Clock clock) {

    private static final Duration MAX_LEEWAY = Duration.ofMinutes(10);
    private static final Duration MAX_MAX_AGE = Duration.ofDays(3_650);
    private static final int MAX_CHARACTERS = 65_536;

    /**
     * Any issuer and no audience; 30 s of leeway; {@code sub} is the identity; {@code exp} is
     * needed; any age; 8,192 characters; the system's clock.
     */
    public static final JwtOptions DEFAULT =
            new JwtOptions(
                    List.of(),
                    List.of(),
                    Duration.ofSeconds(30),
                    "sub",
                    true,
                    Optional.empty(),
                    8_192,
                    Clock.systemUTC());

    public JwtOptions {
        issuers = List.copyOf(issuers);
        audiences = List.copyOf(audiences);
        boolean isLeeway = !leeway.isNegative() && leeway.compareTo(MAX_LEEWAY) <= 0;
        require(isLeeway, "leeway", leeway, "0 to 10 minutes");
        if (maxAge.isPresent()) {
            Duration age = maxAge.get();
            boolean isAge = age.isPositive() && age.compareTo(MAX_MAX_AGE) <= 0;
            require(isAge, "maxAge", age, "more than zero, 3,650 days at most");
        }
        boolean isCount = maxTokenCharacters > 0 && maxTokenCharacters <= MAX_CHARACTERS;
        require(isCount, "maxTokenCharacters", maxTokenCharacters, "1 to " + MAX_CHARACTERS);
    }

    private static void require(boolean isRight, String name, Object value, String expected) {
        if (!isRight) {
            throw new IllegalArgumentException(
                    name + ": " + value + " (expected: " + expected + ")");
        }
    }

    /** The same with other {@link #issuers}. */
    public JwtOptions withIssuers(String... newIssuers) {
        return new JwtOptions(
                List.of(newIssuers),
                audiences,
                leeway,
                identityClaim,
                requiresExpiry,
                maxAge,
                maxTokenCharacters,
                clock);
    }

    /** The same with other {@link #audiences}. */
    public JwtOptions withAudiences(String... newAudiences) {
        return new JwtOptions(
                issuers,
                List.of(newAudiences),
                leeway,
                identityClaim,
                requiresExpiry,
                maxAge,
                maxTokenCharacters,
                clock);
    }

    /** The same with another {@link #leeway}. */
    public JwtOptions withLeeway(Duration newLeeway) {
        return new JwtOptions(
                issuers,
                audiences,
                newLeeway,
                identityClaim,
                requiresExpiry,
                maxAge,
                maxTokenCharacters,
                clock);
    }

    /** The same with another {@link #identityClaim}. */
    public JwtOptions withIdentityClaim(String newIdentityClaim) {
        return new JwtOptions(
                issuers,
                audiences,
                leeway,
                newIdentityClaim,
                requiresExpiry,
                maxAge,
                maxTokenCharacters,
                clock);
    }

    /** The same, taking tokens that hold for ever or not. */
    public JwtOptions withRequiresExpiry(boolean newRequiresExpiry) {
        return new JwtOptions(
                issuers,
                audiences,
                leeway,
                identityClaim,
                newRequiresExpiry,
                maxAge,
                maxTokenCharacters,
                clock);
    }

    /** The same with a {@link #maxAge}. */
    public JwtOptions withMaxAge(Duration newMaxAge) {
        return new JwtOptions(
                issuers,
                audiences,
                leeway,
                identityClaim,
                requiresExpiry,
                Optional.of(newMaxAge),
                maxTokenCharacters,
                clock);
    }

    /** The same with another {@link #maxTokenCharacters}. */
    public JwtOptions withMaxTokenCharacters(int newMaxTokenCharacters) {
        return new JwtOptions(
                issuers,
                audiences,
                leeway,
                identityClaim,
                requiresExpiry,
                maxAge,
                newMaxTokenCharacters,
                clock);
    }

    /** The same with another {@link #clock}. */
    public JwtOptions withClock(Clock newClock) {
        return new JwtOptions(
                issuers,
                audiences,
                leeway,
                identityClaim,
                requiresExpiry,
                maxAge,
                maxTokenCharacters,
                newClock);
    }
}
