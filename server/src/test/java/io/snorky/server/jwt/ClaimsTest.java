package io.snorky.server.jwt;

import static io.snorky.server.jwt.Refusals.accepted;
import static io.snorky.server.jwt.Refusals.assertRefused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.Identification;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.node.JsonNodeFactory;

import java.time.Duration;

/** What a token has to claim. It is 12:05 o'clock, and clocks may differ by 30 s. */
class ClaimsTest {

    private final HandClock clock = new HandClock();
    private final long now = clock.instant().getEpochSecond();
    private final JwtOptions options = JwtOptions.DEFAULT.withClock(clock);

    private static String token(String claims) {
        return TestKey.SECRET.sign("{" + claims + "}");
    }

    private static JwtVerifier verifier(JwtOptions options) {
        return new JwtVerifier(TestKey.SECRET.keys(), options);
    }

    private Identification accept(JwtOptions by, String claims) {
        return accepted(verifier(by), token(claims));
    }

    private void refuse(JwtOptions by, String claims, String message) {
        assertRefused(verifier(by), token(claims)).isEqualTo(message);
    }

    private String alice(String more) {
        return "\"sub\": \"alice\", \"exp\": " + (now + 60) + ", " + more;
    }

    @Test
    void it_holds_until_it_expires_and_the_leeway_is_over() {
        Duration validFor =
                accept(options, "\"sub\": 1, \"exp\": " + (now + 60)).validFor().orElseThrow();

        assertThat(validFor).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void the_leeway_ends_to_the_nanosecond() {
        String claims = "\"sub\": 1, \"exp\": " + (now - 30);

        refuse(
                options,
                claims,
                "exp: 2026-01-31T12:04:30Z (expected: after now, 2026-01-31T12:05:00Z, with 30 s"
                        + " of leeway)");

        clock.put(Duration.ofNanos(-1));
        assertThat(accept(options, claims).validFor()).hasValue(Duration.ofNanos(1));
    }

    @Test
    void without_leeway_it_expires_on_time() {
        JwtOptions strict = options.withLeeway(Duration.ZERO);

        assertThat(accept(strict, "\"sub\": 1, \"exp\": " + (now + 1)).validFor())
                .hasValue(Duration.ofSeconds(1));
        refuse(
                strict,
                "\"sub\": 1, \"exp\": " + now,
                "exp: 2026-01-31T12:05:00Z (expected: after now, 2026-01-31T12:05:00Z, with 0 s of"
                        + " leeway)");
    }

    @Test
    void it_holds_from_its_beginning_less_the_leeway() {
        accept(options, alice("\"nbf\": " + (now + 30)));
        refuse(
                options,
                alice("\"nbf\": " + (now + 31)),
                "nbf: 2026-01-31T12:05:31Z (expected: not after now, 2026-01-31T12:05:00Z, with 30"
                        + " s of leeway)");
    }

    @Test
    void it_has_to_expire_unless_that_is_not_asked_for() {
        refuse(
                options,
                "\"sub\": 1",
                "exp: missing (expected: seconds since 1970-01-01T00:00:00Z)");

        JwtOptions lenient = options.withRequiresExpiry(false);
        assertThat(accept(lenient, "\"sub\": 1").validFor()).isEmpty();
        assertThat(accept(lenient, "\"sub\": 1, \"exp\": " + now).validFor())
                .hasValue(Duration.ofSeconds(30));
        assertRefused(verifier(lenient), token("\"sub\": 1, \"exp\": 1")).startsWith("exp: 1970");
    }

    @Test
    void it_may_be_refused_for_its_age() {
        JwtOptions young = options.withMaxAge(Duration.ofMinutes(5));

        assertThat(accept(young, alice("\"iat\": " + (now - 300))).validFor())
                .hasValue(Duration.ofSeconds(30));
        assertThat(accept(young, alice("\"iat\": " + now)).validFor())
                .hasValue(Duration.ofSeconds(90));
        refuse(
                young,
                alice("\"iat\": " + (now - 330)),
                "iat: 2026-01-31T11:59:30Z (expected: less than 300 s before now,"
                        + " 2026-01-31T12:05:00Z, with 30 s of leeway)");
        refuse(
                young,
                "\"sub\": 1, \"exp\": " + (now + 60),
                "iat: missing (expected: seconds since 1970-01-01T00:00:00Z)");
    }

    @Test
    void it_cannot_have_been_issued_in_the_future() {
        accept(options, alice("\"iat\": " + (now + 30)));
        refuse(
                options,
                alice("\"iat\": " + (now + 31)),
                "iat: 2026-01-31T12:05:31Z (expected: not after now, 2026-01-31T12:05:00Z, with 30"
                        + " s of leeway)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"1800000000\"",
                "true",
                "[1800000000]",
                "{}",
                "-1",
                "-1e300",
                "1e300",
                "1e99999",
                "1e999999999",
                "253402300800",
                "1800000000000",
                "99999999999999999999999999",
            })
    void times_are_seconds(String value) {
        for (String claim : new String[] {"exp", "nbf", "iat"}) {
            String others = claim.equals("exp") ? "\"sub\": 1, " : alice("");
            assertRefused(verifier(options), token(others + "\"" + claim + "\": " + value))
                    .startsWith(claim + ": ")
                    .endsWith("(expected: seconds since 1970-01-01T00:00:00Z, as 1767225600)");
        }
    }

    @Test
    void times_may_have_fractions_and_exponents() {
        assertThat(accept(options, "\"sub\": 1, \"exp\": " + now + ".25").validFor())
                .hasValue(Duration.ofMillis(30_250));
        assertThat(accept(options, "\"sub\": 1, \"exp\": 1.8e9").validFor()).isPresent();
        assertRefused(verifier(options), token("\"sub\": 1, \"exp\": 1e-9999"))
                .startsWith("exp: 1970-01-01T00:00:00Z");
        assertRefused(verifier(options), token("\"sub\": 1, \"exp\": -0.0"))
                .startsWith("exp: 1970-01-01T00:00:00Z");
        assertThat(accept(options, "\"sub\": 1, \"exp\": 253402300799").validFor()).isPresent();
    }

    @Test
    void it_is_of_an_issuer_that_is_known() {
        JwtOptions known = options.withIssuers("https://a.example", "https://b.example");

        accept(known, alice("\"iss\": \"https://b.example\""));
        String expected = " (expected: one of \"https://a.example\", \"https://b.example\")";
        refuse(
                known,
                alice("\"iss\": \"https://b.example/\""),
                "iss: \"https://b.example/\"" + expected);
        refuse(
                known,
                alice("\"iss\": [\"https://b.example\"]"),
                "iss: [\"https://b.example\"]" + expected);
        refuse(known, alice("\"iss\": null"), "iss: null" + expected);
        refuse(known, alice("\"a\": 1"), "iss: missing" + expected);
    }

    @Test
    void any_issuer_will_do_if_none_is_set() {
        accept(options, alice("\"iss\": \"https://b.example\""));
    }

    @Test
    void it_is_for_an_audience_of_ours() {
        JwtOptions ours = options.withAudiences("chat", "cursors");

        accept(ours, alice("\"aud\": \"chat\""));
        accept(ours, alice("\"aud\": [\"shop\", 5, \"cursors\"]"));
        String expected = " (expected: one of \"chat\", \"cursors\")";
        refuse(ours, alice("\"aud\": [\"shop\"]"), "aud: [\"shop\"]" + expected);
        refuse(ours, alice("\"aud\": []"), "aud: []" + expected);
        refuse(ours, alice("\"aud\": {\"chat\": \"chat\"}"), "aud: {\"chat\":\"chat\"}" + expected);
        refuse(ours, alice("\"aud\": 5"), "aud: 5" + expected);
        refuse(ours, alice("\"a\": 1"), "aud: missing" + expected);
    }

    @Test
    void what_is_for_an_audience_is_not_for_those_who_have_none() {
        accept(options, alice("\"aud\": []"));
        refuse(
                options,
                alice("\"aud\": \"chat\""),
                "aud: \"chat\" (expected: none, as no audiences are set)");
    }

    @Test
    void the_identity_is_the_value_of_a_claim() {
        assertThat(accept(options, alice("\"a\": 1")).identity().toString()).isEqualTo("\"alice\"");
        JwtOptions byUser = options.withIdentityClaim("user");
        assertThat(accept(byUser, alice("\"user\": {\"id\": 7}")).identity().toString())
                .isEqualTo("{\"id\":7}");
        refuse(
                byUser,
                alice("\"user\": null"),
                "user: null (expected: the identity, any JSON value but null)");
        refuse(
                byUser,
                alice("\"a\": 1"),
                "user: missing (expected: the identity, any JSON value but null)");
    }

    @Test
    void the_identity_may_be_made_of_all_claims() {
        var verifier =
                new JwtVerifier(
                        TestKey.SECRET.keys(), options, claims -> claims.path("user").path("id"));

        assertThat(accepted(verifier, token(alice("\"user\": {\"id\": 7}"))).identity().intValue())
                .isEqualTo(7);
        assertRefused(verifier, token(alice("\"user\": {}")))
                .isEqualTo(
                        "identity: null (expected: any other JSON value, of the function from"
                                + " claims)");
    }

    @Test
    void a_function_that_fails_refuses_the_token() {
        var verifier =
                new JwtVerifier(
                        TestKey.SECRET.keys(),
                        options,
                        claims -> {
                            throw new IllegalStateException("no\nuser");
                        });
        var silent =
                new JwtVerifier(
                        TestKey.SECRET.keys(),
                        options,
                        claims -> JsonNodeFactory.instance.nullNode());

        assertRefused(verifier, token(alice("\"a\": 1")))
                .isEqualTo(
                        "identity: java.lang.IllegalStateException: no\\u000auser (expected: none"
                                + " thrown by the function from claims)");
        assertRefused(silent, token(alice("\"a\": 1"))).startsWith("identity: null");
    }

    @Test
    void options_out_of_range_are_refused() {
        assertThatThrownBy(() -> options.withLeeway(Duration.ofMinutes(11)))
                .hasMessage("leeway: PT11M (expected: 0 to 10 minutes)");
        assertThatThrownBy(() -> options.withLeeway(Duration.ofMillis(-1)))
                .hasMessage("leeway: PT-0.001S (expected: 0 to 10 minutes)");
        assertThatThrownBy(() -> options.withMaxAge(Duration.ZERO))
                .hasMessage("maxAge: PT0S (expected: more than zero, 3,650 days at most)");
        assertThatThrownBy(() -> options.withMaxAge(Duration.ofDays(3_651)))
                .hasMessageStartingWith("maxAge: ");
        assertThatThrownBy(() -> options.withMaxTokenCharacters(0))
                .hasMessage("maxTokenCharacters: 0 (expected: 1 to 65536)");
    }
}
