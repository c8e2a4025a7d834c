package io.snorky.server.jwt;

import io.snorky.identity.TokenRefusedException;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whether what a token claims holds here and now. */
final class ClaimChecks {

    private static final String DATE = "seconds since 1970-01-01T00:00:00Z";

    private final JwtOptions options;
    private final JsonNode claims;
    private final Instant now;

    ClaimChecks(JwtOptions options, JsonNode claims, Instant now) {
        this.options = options;
        this.claims = claims;
        this.now = now;
    }

    /**
     * @return until when it holds, that moment not included; null if for ever
     */
    @Nullable Instant check() throws TokenRefusedException {
        checkIssuer();
        checkAudience();
        checkNotBefore();
        Instant expiry = expiry();
        Instant oldest = oldest();
        if (expiry == null || oldest == null) {
            return expiry == null ? oldest : expiry;
        }
        return expiry.isBefore(oldest) ? expiry : oldest;
    }

    private void checkIssuer() throws TokenRefusedException {
        List<String> expected = options.issuers();
        JsonNode issuer = claims.get("iss");
        if (!expected.isEmpty() && !isOneOf(expected, issuer)) {
            throw Refusal.of("iss", shown(issuer), "one of " + Shown.list(expected));
        }
    }

    private static boolean isOneOf(List<String> expected, @Nullable JsonNode value) {
        return value != null && value.isString() && expected.contains(value.stringValue());
    }

    private static String shown(@Nullable JsonNode value) {
        return value == null ? "missing" : Shown.value(value);
    }

    /** Who is not told an audience has to refuse what is for one (RFC 7519, section 4.1.3). */
    private void checkAudience() throws TokenRefusedException {
        List<String> expected = options.audiences();
        JsonNode audience = claims.get("aud");
        List<JsonNode> named = new ArrayList<>();
        if (audience != null && audience.isArray()) {
            audience.forEach(named::add);
        } else if (audience != null) {
            named.add(audience);
        }
        if (expected.isEmpty() && !named.isEmpty()) {
            throw Refusal.of("aud", shown(audience), "none, as no audiences are set");
        }
        if (!expected.isEmpty() && named.stream().noneMatch(each -> isOneOf(expected, each))) {
            throw Refusal.of("aud", shown(audience), "one of " + Shown.list(expected));
        }
    }

    private void checkNotBefore() throws TokenRefusedException {
        Instant start = date("nbf");
        if (start != null && now.isBefore(start.minus(options.leeway()))) {
            throw Refusal.of("nbf", start, "not after " + withLeeway("now, " + now));
        }
    }

    private @Nullable Instant expiry() throws TokenRefusedException {
        Instant expiry = date("exp");
        if (expiry == null) {
            if (options.requiresExpiry()) {
                throw Refusal.of("exp", "missing", DATE);
            }
            return null;
        }
        Instant end = expiry.plus(options.leeway());
        if (!now.isBefore(end)) {
            throw Refusal.of("exp", expiry, "after " + withLeeway("now, " + now));
        }
        return end;
    }

    /** When it will be too old. */
    private @Nullable Instant oldest() throws TokenRefusedException {
        Instant issued = date("iat");
        if (issued != null && now.isBefore(issued.minus(options.leeway()))) {
            throw Refusal.of("iat", issued, "not after " + withLeeway("now, " + now));
        }
        if (options.maxAge().isEmpty()) {
            return null;
        }
        if (issued == null) {
            throw Refusal.of("iat", "missing", DATE);
        }
        Duration maxAge = options.maxAge().get();
        Instant end = issued.plus(maxAge).plus(options.leeway());
        if (!now.isBefore(end)) {
            String age = "less than " + seconds(maxAge) + " before ";
            throw Refusal.of("iat", issued, age + withLeeway("now, " + now));
        }
        return end;
    }

    private @Nullable Instant date(String claim) throws TokenRefusedException {
        JsonNode value = claims.get(claim);
        return value == null ? null : NumericDate.of(claim, value);
    }

    private String withLeeway(String time) {
        return time + ", with " + seconds(options.leeway()) + " of leeway";
    }

    private static String seconds(Duration duration) {
        return duration.toNanosPart() == 0
                ? duration.toSeconds() + " s"
                : duration.toMillis() + " ms";
    }
}
