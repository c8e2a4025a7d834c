package io.snorky.server.jwt;

import static io.snorky.server.jwt.Refusals.accepted;
import static io.snorky.server.jwt.Refusals.assertRefused;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whose signatures are believed. */
class SignatureTest {

    private static final String CLAIMS = "{\"sub\": \"alice\", \"exp\": 1800000000}";

    private final JwtOptions options = JwtOptions.DEFAULT.withClock(new HandClock());

    private JwtVerifier verifier(TestKey key) {
        return new JwtVerifier(key.keys(), options);
    }

    static Stream<TestKey> pairs() {
        Stream<TestKey> rsa =
                Stream.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")
                        .map(TestKey.RSA::with);
        Stream<TestKey> hmac = Stream.of("HS256", "HS384", "HS512").map(TestKey.SECRET::with);
        Stream<TestKey> other =
                Stream.of(TestKey.P256, TestKey.P384, TestKey.P521, TestKey.ED25519);
        return Stream.of(rsa, hmac, other).flatMap(keys -> keys);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void a_token_signed_with_the_key_proves_its_subject(TestKey key) {
        var identification = accepted(verifier(key), key.sign(CLAIMS));

        assertThat(identification.identity().stringValue()).isEqualTo("alice");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void a_key_that_needs_no_name_takes_tokens_that_name_one(TestKey key) {
        accepted(verifier(key), key.signAs("2026", CLAIMS));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void the_claims_of_another_token_do_not_fit(TestKey key) {
        String[] parts = key.sign(CLAIMS).split("\\.", -1);
        String[] others = key.sign(CLAIMS.replace("alice", "mallory")).split("\\.", -1);

        assertRefused(verifier(key), parts[0] + '.' + others[1] + '.' + parts[2])
                .isEqualTo("signature: another one (expected: that of 1 key of the test)");
    }

    @Test
    void a_token_of_another_issuer_is_refused() {
        assertRefused(verifier(TestKey.RSA), TestKey.OTHER_RSA.sign(CLAIMS))
                .isEqualTo("signature: another one (expected: that of 1 key of the test)");
        assertRefused(verifier(TestKey.P256), TestKey.OTHER_P256.sign(CLAIMS))
                .startsWith("signature: another one");
        assertRefused(verifier(TestKey.SECRET), TestKey.secret(new byte[64]).sign(CLAIMS))
                .startsWith("signature: another one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "nOnE", "NONE", "", "HS1", "RS256 ", "ES256K", "dir"})
    void what_is_not_signed_or_by_nothing_known_is_refused(String algorithm) {
        String header = "{\"alg\": \"" + algorithm + "\"}";

        for (TestKey key : List.of(TestKey.SECRET, TestKey.RSA, TestKey.P256, TestKey.ED25519)) {
            assertRefused(verifier(key), TestKey.unsigned(header, CLAIMS, new byte[0]))
                    .startsWith("alg: \"" + algorithm + "\" (expected: ");
            assertRefused(verifier(key), TestKey.unsigned(header, CLAIMS, new byte[64]))
                    .startsWith("alg: \"" + algorithm + "\" (expected: ");
        }
    }

    @Test
    void the_algorithms_that_would_do_are_named() {
        String token = TestKey.unsigned("{\"alg\": \"none\"}", CLAIMS, new byte[0]);

        assertRefused(verifier(TestKey.RSA), token)
                .isEqualTo("alg: \"none\" (expected: PS256, PS384, PS512, RS256, RS384, RS512)");
        assertRefused(verifier(TestKey.P384), token).isEqualTo("alg: \"none\" (expected: ES384)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"alg\": null}", "{\"alg\": 5}", "{\"alg\": [\"RS256\"]}"})
    void an_algorithm_has_to_be_named(String header) {
        assertRefused(verifier(TestKey.RSA), TestKey.unsigned(header, CLAIMS, new byte[256]))
                .startsWith("alg: ");
    }

    @Test
    void a_public_key_is_no_secret() {
        byte[] pem = TestKey.RSA.pem().getBytes(StandardCharsets.UTF_8);
        byte[] der = TestKey.RSA.verifying().getEncoded();

        for (byte[] bytes :
                List.of(pem, der, TestKey.RSA.pem().strip().getBytes(StandardCharsets.UTF_8))) {
            for (String algorithm : List.of("HS256", "HS384", "HS512")) {
                String token = TestKey.secret(bytes).with(algorithm).sign(CLAIMS);

                assertRefused(verifier(TestKey.RSA), token)
                        .startsWith("alg: \"" + algorithm + "\" (expected: PS256, ");
            }
        }
    }

    @Test
    void a_secret_is_for_what_it_is_long_enough_for() {
        TestKey shortest = TestKey.secret(Arrays.copyOf(TestKey.SECRET_BYTES, 32));
        TestKey longer = TestKey.secret(Arrays.copyOf(TestKey.SECRET_BYTES, 48));

        accepted(verifier(shortest), shortest.sign(CLAIMS));
        assertRefused(verifier(shortest), shortest.with("HS384").sign(CLAIMS))
                .isEqualTo("alg: \"HS384\" (expected: HS256)");
        accepted(verifier(longer), longer.with("HS384").sign(CLAIMS));
        assertRefused(verifier(longer), longer.with("HS512").sign(CLAIMS))
                .isEqualTo("alg: \"HS512\" (expected: HS256, HS384)");
    }

    @Test
    void a_key_that_the_token_brings_along_is_not_looked_at() {
        for (String header : List.of("jwk", "jku", "x5u", "x5c")) {
            Object value = header.equals("jwk") ? Map.of("kty", "RSA") : "https://mallory/";
            String token = TestKey.OTHER_RSA.sign(Map.of(header, value), CLAIMS);

            assertRefused(verifier(TestKey.RSA), token).startsWith("signature: another one");
        }
    }

    @Test
    void a_token_that_has_to_be_understood_is_refused() {
        String header = "{\"alg\": \"RS256\", \"crit\": [\"b64\"], \"b64\": false}";

        assertRefused(verifier(TestKey.RSA), TestKey.unsigned(header, CLAIMS, new byte[256]))
                .isEqualTo("crit: [\"b64\"] (expected: none in the header)");
        assertRefused(
                        verifier(TestKey.RSA),
                        TestKey.unsigned(
                                "{\"alg\": \"RS256\", \"b64\": false}", CLAIMS, new byte[256]))
                .isEqualTo("b64: false (expected: none in the header)");
    }

    @Test
    void the_name_of_a_key_is_a_string() {
        assertRefused(verifier(TestKey.RSA), TestKey.RSA.sign(Map.of("kid", 5), CLAIMS))
                .isEqualTo("kid: 5 (expected: a string)");
    }

    @Test
    void an_elliptic_signature_of_zeros_is_refused() {
        String header = "{\"alg\": \"ES256\"}";

        assertRefused(verifier(TestKey.P256), TestKey.unsigned(header, CLAIMS, new byte[64]))
                .startsWith("signature: another one");
    }
}
