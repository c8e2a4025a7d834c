package io.snorky.server.jwt;

import static io.snorky.server.jwt.Refusals.accepted;
import static io.snorky.server.jwt.Refusals.assertRefused;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Locale;
import java.util.Map;

/** What passes for a token at all, and what the log says of what does not. */
class TokenFormTest {

    private static final String CLAIMS = "{\"sub\": \"alice\", \"exp\": 1800000000}";

    private final JwtOptions options = JwtOptions.DEFAULT.withClock(new HandClock());
    private final JwtVerifier verifier = new JwtVerifier(TestKey.SECRET.keys(), options);

    @Test
    void it_has_three_parts() {
        assertRefused(verifier, "")
                .isEqualTo(
                        "token: 1 parts (expected: 3: header.claims.signature, signed and not"
                                + " encrypted)");
        assertRefused(verifier, "a.b").startsWith("token: 2 parts (expected: 3");
        assertRefused(verifier, "a.b.c.d.e").startsWith("token: 5 parts (expected: 3");
    }

    @Test
    void it_is_not_looked_at_if_it_is_longer_than_allowed() {
        String token = TestKey.SECRET.sign(CLAIMS);
        int length = token.length();

        accepted(verifier(options.withMaxTokenCharacters(length)), token);
        assertRefused(verifier(options.withMaxTokenCharacters(length - 1)), token)
                .isEqualTo(
                        "token: "
                                + length
                                + " characters (expected: at most "
                                + (length - 1)
                                + ")");
        assertRefused(verifier, "a".repeat(8_193))
                .isEqualTo("token: 8193 characters (expected: at most 8192)");
    }

    private static JwtVerifier verifier(JwtOptions options) {
        return new JwtVerifier(TestKey.SECRET.keys(), options);
    }

    @Test
    void its_parts_are_Base64url_in_the_one_form_there_is() {
        String token = TestKey.SECRET.sign(CLAIMS);

        assertRefused(verifier, token + "=")
                .isEqualTo("signature: 44 characters (expected: Base64url without padding)");
        assertRefused(verifier, token + "\n").startsWith("signature: 44 characters");
        assertRefused(verifier, "+" + token).startsWith("header: ");
        assertRefused(verifier, "\u0100" + token).startsWith("header: ");
        assertRefused(verifier, token.replaceFirst("\\.", ".%")).startsWith("claims: ");
    }

    @Test
    void its_header_is_a_JSON_object_with_each_name_once() {
        assertHeaderRefused("[]", "header: not an object (expected: a JSON object with each name");
        assertHeaderRefused("{\"alg\": ", "header: not JSON at byte 8");
        assertHeaderRefused(
                "{\"alg\": \"HS256\", \"alg\": \"none\"}", "header: \"alg\" twice (expected: ");
        assertHeaderRefused(
                "{\"alg\": " + "[".repeat(3_000) + "]".repeat(3_000) + "}", "header: not JSON at");
    }

    private void assertHeaderRefused(String header, String message) {
        assertRefused(verifier, TestKey.unsigned(header, CLAIMS, new byte[32])).startsWith(message);
    }

    @Test
    void its_claims_are_a_JSON_object_with_each_name_once() {
        assertRefused(verifier, TestKey.SECRET.sign("alice"))
                .startsWith("claims: not JSON at byte 0");
        assertRefused(verifier, TestKey.SECRET.sign("[\"alice\"]"))
                .startsWith("claims: not an object (expected: a JSON object with each name once)");
        assertRefused(verifier, TestKey.SECRET.sign("{\"sub\": \"alice\", \"sub\": \"bob\"}"))
                .startsWith("claims: \"sub\" twice");
        assertRefused(verifier, TestKey.SECRET.sign("{\"a\":" + "[".repeat(2_000)))
                .startsWith("claims: not JSON at");
    }

    @Test
    void nobody_can_write_lines_of_their_own_into_the_log() {
        String forged = "x\r\n\u2028\u0085\u001b[2J\u202e\u0000 INFO \"all\" \\ is well";

        assertRefused(verifier, TestKey.SECRET.sign(Map.of("crit", forged), CLAIMS))
                .isEqualTo(
                        "crit: \"x\\u000d\\u000a\\u2028\\u0085\\u001b[2J\\u202e\\u0000 INFO"
                                + " \\\"all\\\" \\\\ is well\" (expected: none in the header)");
    }

    @Test
    void values_of_any_kind_are_harmless_in_the_log() {
        String claims = "{\"exp\": {\"a\\u2028\\n\": [\"b\\r\\n\", 1e99999, \"\\ud800\"]}}";

        assertRefused(verifier, TestKey.SECRET.sign(claims))
                .startsWith("exp: {\"a\\u2028\\n\":[\"b\\r\\n\",1e99999,\"\\ud")
                .doesNotContainPattern("[\\p{Cntrl}\u2028]");
    }

    @Test
    void long_values_are_cut_in_the_log() {
        assertRefused(verifier, TestKey.SECRET.sign(Map.of("crit", "x".repeat(1_000)), CLAIMS))
                .isEqualTo("crit: \"" + "x".repeat(64) + "…\" (expected: none in the header)");
        assertRefused(verifier, TestKey.SECRET.sign("{\"exp\": \"" + "y".repeat(1_000) + "\"}"))
                .startsWith("exp: \"" + "y".repeat(64) + "…\" (expected: seconds since");
        String pairs = "x".repeat(63) + "\ud83d\ude00".repeat(2);
        assertThat(Shown.quoted(pairs)).isEqualTo("\"" + "x".repeat(63) + "…\"");
    }

    @Test
    void a_token_shows_nowhere() {
        String token = TestKey.SECRET.sign(CLAIMS);

        assertThat(TestKey.SECRET.keys()).hasToString("JwtKeys[the test]");
        assertThat(JwtKeys.hmac(TestKey.SECRET_BYTES)).hasToString("JwtKeys[the shared secret]");
        String signature = token.substring(token.lastIndexOf('.') + 1);
        assertRefused(verifier, token.replace(signature, signature.toUpperCase(Locale.ROOT)))
                .doesNotContainIgnoringCase(signature.substring(0, 10));
    }
}
