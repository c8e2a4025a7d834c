package io.snorky.server.jwt;

import io.snorky.identity.TokenRefusedException;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;

/** Points in time as tokens have them (RFC 7519, section 2): seconds since 1970, or fractions. */
final class NumericDate {

    /** Of the year 9999. Milliseconds are beyond it, by which the usual mistake shows. */
    private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(253_402_300_799L);

    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

    private NumericDate() {}

    /**
     * @param claim its name
     * @throws TokenRefusedException unless it is a number that can be such a time
     */
    static Instant of(String claim, JsonNode value) throws TokenRefusedException {
        if (value.isNumber()) {
            BigDecimal seconds = value.decimalValue();
            if (seconds.signum() >= 0 && seconds.compareTo(LAST_SECOND) <= 0) {
                BigInteger[] parts =
                        seconds.movePointRight(9).toBigInteger().divideAndRemainder(NANOS);
                return Instant.ofEpochSecond(parts[0].longValue(), parts[1].longValue());
            }
        }
        String expected = "seconds since 1970-01-01T00:00:00Z, as 1767225600";
        throw Refusal.of(claim, Shown.value(value), expected);
    }
}
