package io.snorky.server.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.strings;

import io.snorky.identity.TokenRefusedException;

import org.junit.jupiter.api.Test;
import org.quicktheories.core.Gen;

import java.util.List;

/**
 * Whatever the token: it is the one that was signed, or it is refused, and nothing else happens.
 */
class AnyTokenTest {

    private static final String CLAIMS =
            "{\"sub\": \"alice\", \"exp\": 1800000000, \"iss\": \"a\", \"aud\": [\"chat\"]}";

    private static final List<TestKey> KEYS =
            List.of(TestKey.SECRET, TestKey.RSA, TestKey.P256, TestKey.P521, TestKey.ED25519);
    private static final List<String> TOKENS =
            KEYS.stream().map(key -> key.signAs("a", CLAIMS)).toList();

    private static final Gen<Integer> KEY = integers().between(0, KEYS.size() - 1);
    private static final Gen<Integer> POSITION = integers().between(0, 1_000);
    private static final Gen<String> PIECE = strings().basicLatinAlphabet().ofLengthBetween(0, 3);

    private final JwtOptions options =
            JwtOptions.DEFAULT.withClock(new HandClock()).withIssuers("a").withAudiences("chat");
    private final List<JwtVerifier> verifiers =
            KEYS.stream().map(key -> new JwtVerifier(key.keys(), options)).toList();

    private static void assertRefused(JwtVerifier verifier, String token) {
        assertThatThrownBy(() -> verifier.verify(token))
                .isInstanceOf(TokenRefusedException.class)
                .message()
                .isNotEmpty()
                .doesNotContainPattern("[\\p{Cntrl}\u2028\u2029]")
                .hasSizeLessThan(1_000);
    }

    @Test
    void the_tokens_are_right_as_they_are() throws TokenRefusedException {
        for (int i = 0; i < KEYS.size(); i++) {
            assertThat(verifiers.get(i).verify(TOKENS.get(i)).identity().stringValue())
                    .isEqualTo("alice");
        }
    }

    @Test
    void any_text_is_refused() {
        qt().forAll(KEY, strings().allPossible().ofLengthBetween(0, 100))
                .checkAssert((key, text) -> assertRefused(verifiers.get(key), text));
    }

    @Test
    void any_header_is_refused() {
        qt().forAll(KEY, strings().allPossible().ofLengthBetween(0, 50))
                .checkAssert((key, text) ->
                        assertRefused(
                                verifiers.get(key),
                                TestKey.unsigned(
                                        text.replaceAll("[\\ud800-\\udfff]", "?"),
                                        CLAIMS,
                                        new byte[64])));
    }

    @Test
    void signed_claims_of_any_kind_are_refused() {
        Gen<String> claim =
                integers()
                        .between(0, 5)
                        .map(i -> List.of("exp", "iat", "nbf", "iss", "aud", "sub").get(i));
        Gen<String> value =
                strings()
                        .betweenCodePoints('"', '}')
                        .ofLengthBetween(0, 12)
                        .map(text -> text.matches("-?\\d+(\\.\\d+)?") ? "x" : text);
        JwtVerifier verifier = verifiers.get(0);
        qt().forAll(claim, value)
                .checkAssert((name, text) -> {
                    String claims = "{\"" + name + "\": " + text + "}";
                    assertRefused(verifier, TestKey.SECRET.sign(claims));
                });
    }

    @Test
    void a_token_with_another_character_is_refused() {
        qt().forAll(KEY, POSITION, PIECE)
                .assuming((key, position, piece) -> !piece.isEmpty())
                .checkAssert((key, position, piece) -> {
                    String token = TOKENS.get(key);
                    int at = position % token.length();
                    int end = Math.min(token.length(), at + piece.length());
                    String mutated = token.substring(0, at) + piece + token.substring(end);
                    if (!mutated.equals(token)) {
                        assertRefused(verifiers.get(key), mutated);
                    }
                });
    }

    @Test
    void a_token_with_characters_more_or_less_is_refused() {
        qt().forAll(KEY, POSITION, PIECE)
                .checkAssert((key, position, piece) -> {
                    String token = TOKENS.get(key);
                    int at = position % token.length();
                    String longer = token.substring(0, at) + piece + token.substring(at);
                    if (!longer.equals(token)) {
                        assertRefused(verifiers.get(key), longer);
                    }
                    assertRefused(
                            verifiers.get(key), token.substring(0, at) + token.substring(at + 1));
                });
    }

    @Test
    void the_last_bits_of_a_signature_count() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < KEYS.size(); i++) {
            String token = TOKENS.get(i);
            String rest = token.substring(0, token.length() - 1);
            for (int j = 0; j < alphabet.length(); j++) {
                String other = rest + alphabet.charAt(j);
                if (!other.equals(token)) {
                    assertRefused(verifiers.get(i), other);
                }
            }
        }
    }

    @Test
    void the_token_of_one_key_is_refused_by_all_others() {
        for (int i = 0; i < KEYS.size(); i++) {
            for (int j = 0; j < KEYS.size(); j++) {
                if (i != j) {
                    assertRefused(verifiers.get(i), TOKENS.get(j));
                }
            }
        }
    }
}
