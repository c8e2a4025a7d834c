package io.snorky.server.cli;

import io.snorky.ConfigurationException;
import io.snorky.Verdict;
import io.snorky.identity.IdentityService;
import io.snorky.identity.RefusedTokens;
import io.snorky.server.Authenticator;
import io.snorky.server.identity.TokenAuthenticator;
import io.snorky.server.jwt.JwtKeys;
import io.snorky.server.jwt.JwtOptions;
import io.snorky.server.jwt.JwtVerifier;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Clients prove who they are by JSON Web Tokens.
 *
 * @param cookie that may hold the token; empty for none
 * @param firstMessageTimeout if that is to bring it
 */
record JwtConfig(
        Keys keys,
        JwtOptions options,
        Optional<String> cookie,
        WithoutToken withoutToken,
        Duration firstMessageTimeout) {

    /** Where the keys are. */
    enum KeyKind {
        JWKS_URL,
        JWKS_FILE,
        PUBLIC_KEY,
        SECRET
    }

    /**
     * @param text an address, a file or a secret
     */
    record Keys(KeyKind kind, String text) {

        JwtKeys open() {
            return switch (kind) {
                case JWKS_URL -> JwtKeys.jwks(URI.create(text));
                case JWKS_FILE -> JwtKeys.jwks(Path.of(text));
                case PUBLIC_KEY -> JwtKeys.publicKey(Path.of(text));
                case SECRET -> JwtKeys.hmac(text.getBytes(StandardCharsets.UTF_8));
            };
        }

        @Override
        public String toString() {
            return kind == KeyKind.SECRET ? "a secret" : text;
        }
    }

    /** What becomes of those who bring no token to the handshake. */
    enum WithoutToken {
        FIRST_MESSAGE,
        ANONYMOUS,
        REFUSED
    }

    /** What the server needs of it. */
    record Opened(Authenticator authenticator, IdentityService service) {}

    /** Reads the section {@code jwt}. */
    static JwtConfig read(Settings section) {
        JwtOptions unset = JwtOptions.DEFAULT;
        String identityClaim = section.text("identity-claim", unset.identityClaim());
        List<String> issuers = section.texts("issuers");
        List<String> audiences = section.texts("audiences");
        Duration maxAge = section.get("max-age", Kind.TIMEOUT_OR_ZERO, Duration.ZERO);
        JwtOptions options =
                new JwtOptions(
                        issuers,
                        audiences,
                        section.get("leeway", Kind.UP_TO_10_MINUTES, unset.leeway()),
                        identityClaim,
                        section.get("require-expiry", Kind.FLAG, unset.requiresExpiry()),
                        maxAge.isZero() ? Optional.empty() : Optional.of(maxAge),
                        section.get(
                                "max-token-characters",
                                Kind.number(1, 65_536),
                                unset.maxTokenCharacters()),
                        unset.clock());
        return new JwtConfig(
                keys(section),
                options,
                section.optionalText("cookie"),
                section.get(
                        "without-token",
                        Kind.oneOf(WithoutToken.class),
                        WithoutToken.FIRST_MESSAGE),
                section.get("first-message-timeout", Kind.TIMEOUT, Duration.ofSeconds(10)));
    }

    private static Keys keys(Settings section) {
        List<Keys> named = new ArrayList<>();
        address(section).ifPresent(url -> named.add(new Keys(KeyKind.JWKS_URL, url)));
        section.optionalFile("jwks-file")
                .ifPresent(file -> named.add(new Keys(KeyKind.JWKS_FILE, file.toString())));
        section.optionalFile("public-key")
                .ifPresent(file -> named.add(new Keys(KeyKind.PUBLIC_KEY, file.toString())));
        String secret = section.secret("secret");
        if (!secret.isEmpty()) {
            named.add(new Keys(KeyKind.SECRET, secret));
        }
        if (named.size() != 1) {
            section.problem(
                    "keys",
                    named.isEmpty() ? "none" : named.size() + " kinds",
                    "one of jwks-url, jwks-file, public-key and secret");
            return new Keys(KeyKind.SECRET, "");
        }
        return named.getFirst();
    }

    private static Optional<String> address(Settings section) {
        Optional<String> address = section.optionalText("jwks-url");
        try {
            address.ifPresent(URI::create);
        } catch (IllegalArgumentException e) {
            section.problem("jwks-url", address.orElse(""), "as https://example.org/jwks.json");
        }
        return address;
    }

    /**
     * Reads the keys.
     *
     * @throws ConfigurationException if they cannot be used
     */
    Opened open() {
        var verifier = new JwtVerifier(keys.open(), options);
        var refused = new RefusedTokens();
        TokenAuthenticator authenticator = TokenAuthenticator.of(verifier, refused);
        TokenAuthenticator withCookie = cookie.map(authenticator::withCookie).orElse(authenticator);
        return new Opened(
                withCookie.withoutToken(
                        switch (withoutToken) {
                            case FIRST_MESSAGE -> new Verdict.TokenFirst(firstMessageTimeout);
                            case ANONYMOUS -> Verdict.ANONYMOUS;
                            case REFUSED -> new Verdict.Refused();
                        }),
                new IdentityService("identity", verifier, refused));
    }
}
