package io.snorky.server.jwt;

import static io.snorky.server.jwt.Refusals.accepted;
import static io.snorky.server.jwt.Refusals.assertRefused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.ConfigurationException;
import io.snorky.server.wire.TestCertificate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Keys from files, and files that change. */
class KeyFilesTest {

    private static final String CLAIMS = "{\"sub\": \"alice\", \"exp\": 1800000000}";

    @TempDir private Path folder;

    private final JwtOptions options = JwtOptions.DEFAULT.withClock(new HandClock());

    private JwtVerifier verifier(JwtKeys keys) {
        return new JwtVerifier(keys, options);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("keys"), content);
    }

    /** As those do it who want nobody to read half a file. */
    private void replace(Path file, String content) throws IOException {
        Path next = Files.writeString(folder.resolve("next"), content);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void a_secret_of_fewer_than_32_bytes_is_refused() {
        assertThatThrownBy(() -> JwtKeys.hmac(new byte[31]))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("JWT: secret: 31 bytes (expected: 32 or more)");
    }

    @Test
    void a_secret_is_copied() {
        byte[] secret = TestKey.SECRET_BYTES.clone();
        JwtVerifier verifier = verifier(JwtKeys.hmac(secret));

        secret[0]++;

        accepted(verifier, TestKey.SECRET.sign(CLAIMS));
    }

    @Test
    void public_keys_come_from_PEM_files() throws IOException {
        for (TestKey key : List.of(TestKey.RSA, TestKey.P256, TestKey.P521, TestKey.ED25519)) {
            accepted(verifier(JwtKeys.publicKey(file(key.pem()))), key.sign(CLAIMS));
        }
    }

    @Test
    void the_key_of_a_certificate_will_do() throws IOException {
        TestCertificate certificate = TestCertificate.ofAnyKind();
        Path file = folder.resolve("certificate");
        certificate.writeTo(file, folder.resolve("key"));
        var key = new TestKey("ES256", certificate.key(), certificate.certificate().getPublicKey());

        accepted(verifier(JwtKeys.publicKey(file)), key.sign(CLAIMS));
    }

    @Test
    void a_PEM_file_may_hold_the_old_key_and_the_new_one() throws IOException {
        Path file = file(TestKey.RSA.pem() + TestKey.OTHER_RSA.pem());
        JwtVerifier verifier = verifier(JwtKeys.publicKey(file));

        accepted(verifier, TestKey.RSA.sign(CLAIMS));
        accepted(verifier, TestKey.OTHER_RSA.sign(CLAIMS));
    }

    @Test
    void a_file_without_a_key_that_will_do_is_refused() throws IOException {
        assertProblem("", "/keys (expected: PUBLIC KEY or CERTIFICATE in PEM form: RSA of 2,048");
        assertProblem(
                TestKey.RSA.pem().replace("PUBLIC", "PRIVATE"), "/keys: \"PRIVATE KEY\" (exp");
        assertProblem(TestKey.RSA.pem().replace("MII", "AAA"), "/keys: \"PUBLIC KEY\" (expected: ");
        assertProblem(TestKey.RSA.pem().replace("MII", "!!!"), "/keys: \"PUBLIC KEY\" (expected: ");
        KeyPairGenerator small = TestKey.generator("RSA");
        small.initialize(1024);
        assertProblem(
                new TestKey("RS256", TestKey.RSA.signing(), small.generateKeyPair().getPublic())
                        .pem(),
                "/keys: \"PUBLIC KEY\" (expected: ");
        var ed448 = TestKey.generator("Ed448").generateKeyPair();
        assertProblem(
                new TestKey("EdDSA", ed448.getPrivate(), ed448.getPublic()).pem(),
                "/keys: \"PUBLIC KEY\" (expected: ");
    }

    private void assertProblem(String pem, String problem) throws IOException {
        Path file = file(pem);
        assertThatThrownBy(() -> JwtKeys.publicKey(file))
                .isInstanceOf(ConfigurationException.class)
                .message()
                .startsWith("JWT: publicKey: " + folder + problem);
    }

    @Test
    void a_file_that_is_not_there_is_refused() {
        Path file = folder.resolve("none");

        assertThatThrownBy(() -> JwtKeys.jwks(file))
                .isInstanceOf(ConfigurationException.class)
                .message()
                .startsWith("JWT: jwks: " + file + " (expected: a file that can be read): ");
    }

    @Test
    void a_key_set_of_a_file_is_read_again_when_it_changes() throws IOException {
        Path file = file(TestKey.jwks(TestKey.RSA.jwk("a")));
        JwtVerifier verifier = verifier(JwtKeys.jwks(file));
        accepted(verifier, TestKey.RSA.signAs("a", CLAIMS));

        replace(file, TestKey.jwks(TestKey.P256.jwk("b")));

        accepted(verifier, TestKey.P256.signAs("b", CLAIMS));
        assertRefused(verifier, TestKey.RSA.signAs("a", CLAIMS))
                .isEqualTo("kid: \"a\" (expected: one of 1 key of " + file + ": \"b\")");
    }

    @Test
    void keys_are_kept_while_their_file_cannot_be_used() throws IOException {
        try (var log = new LogLines()) {
            Path file = file(TestKey.RSA.pem());
            JwtVerifier verifier = verifier(JwtKeys.publicKey(file));

            replace(file, "half of");
            accepted(verifier, TestKey.RSA.sign(CLAIMS));
            accepted(verifier, TestKey.RSA.sign(CLAIMS));
            Files.delete(file);
            accepted(verifier, TestKey.RSA.sign(CLAIMS));
            accepted(verifier, TestKey.RSA.sign(CLAIMS));
            replace(file, TestKey.P256.pem());
            accepted(verifier, TestKey.P256.sign(CLAIMS));

            String kept = "Keeping the 1 key of " + file + ": publicKey: " + file;
            assertThat(log.lines())
                    .satisfiesExactly(
                            line -> assertThat(line).startsWith("Verifying tokens with 1 key of "),
                            line -> assertThat(line).startsWith(kept + " (expected: PUBLIC KEY"),
                            line -> assertThat(line).startsWith(kept + " (expected: a file that"),
                            line -> assertThat(line).startsWith("Verifying tokens with 1 key of "));
        }
    }

    @Test
    void keys_are_used_as_they_say() throws IOException {
        Path file =
                file(
                        TestKey.jwks(
                                TestKey.RSA.jwk(Map.of("kid", "sig", "use", "sig")),
                                TestKey.RSA.jwk(Map.of("kid", "enc", "use", "enc")),
                                TestKey.RSA.jwk(Map.of("kid", "ps", "alg", "PS256")),
                                TestKey.RSA.jwk(Map.of("kid", "odd", "alg", "HS256")),
                                TestKey.RSA.jwk(
                                        Map.of("kid", "verify", "key_ops", List.of("verify"))),
                                TestKey.RSA.jwk(
                                        Map.of("kid", "wrap", "key_ops", List.of("wrapKey"))),
                                "{\"kty\": \"oct\", \"kid\": \"secret\", \"k\": \"c3VwZXI\"}",
                                "{\"kty\": \"RSA\", \"kid\": \"broken\", \"n\": 5}",
                                "{\"kty\": \"new\\nkind\", \"kid\": \"new\\nkind\"}",
                                "5"));

        try (var log = new LogLines()) {
            JwtVerifier verifier = verifier(JwtKeys.jwks(file));

            accepted(verifier, TestKey.RSA.signAs("sig", CLAIMS));
            accepted(verifier, TestKey.RSA.signAs("verify", CLAIMS));
            accepted(verifier, TestKey.RSA.with("PS256").signAs("ps", CLAIMS));
            assertRefused(verifier, TestKey.RSA.signAs("ps", CLAIMS))
                    .isEqualTo("alg: \"RS256\" (expected: PS256)");
            assertRefused(verifier, TestKey.RSA.signAs("enc", CLAIMS)).startsWith("kid: \"enc\"");
            String from = "Ignoring, of " + file + ", key ";
            assertThat(log.lines())
                    .contains(
                            "Verifying tokens with 3 keys of "
                                    + file
                                    + ": \"sig\", \"ps\", \"verify\"",
                            from + "\"enc\": not for signatures, by its use",
                            from + "\"wrap\": not for verifying, by its key_ops",
                            from + "\"secret\": a secret (expected: a public key)")
                    .anyMatch(line ->
                            line.startsWith(from + "\"odd\": alg \"HS256\" (expected: RS256, "))
                    .anyMatch(line -> line.startsWith(from + "\"broken\": no key (expected: RSA"))
                    .anyMatch(line -> line.startsWith(from + "\"new\\u000akind\": no key"))
                    .anyMatch(line -> line.startsWith(from + "at 9: no key"))
                    .hasSize(8);
        }
    }

    @Test
    void a_key_set_without_keys_that_will_do_is_refused() throws IOException {
        assertProblemOfSet("5", "not an object");
        assertProblemOfSet("{}", "no array \"keys\"");
        assertProblemOfSet("{\"keys\": {}}", "no array \"keys\"");
        assertProblemOfSet("{\"keys\": []}", "none of 0 keys");
        assertProblemOfSet(
                "{\"keys\": [{\"kty\": \"oct\"}]}",
                "none of 1 keys, as the first, key at 0: a secret");
        String[] many = new String[101];
        Arrays.fill(many, TestKey.P256.jwk("a"));
        assertProblemOfSet(TestKey.jwks(many), "101 keys");
    }

    private void assertProblemOfSet(String content, String problem) throws IOException {
        Path file = file(content);
        assertThatThrownBy(() -> JwtKeys.jwks(file))
                .isInstanceOf(ConfigurationException.class)
                .message()
                .startsWith("JWT: jwks: " + file + ": " + problem);
    }

    @Test
    void tokens_that_name_no_key_may_be_of_any() throws IOException {
        Path file =
                file(
                        TestKey.jwks(
                                TestKey.RSA.jwk("a"),
                                TestKey.OTHER_RSA.jwk("b"),
                                TestKey.ED25519.jwk(Map.of())));
        JwtVerifier verifier = verifier(JwtKeys.jwks(file));

        accepted(verifier, TestKey.OTHER_RSA.sign(CLAIMS));
        accepted(verifier, TestKey.ED25519.signAs("any", CLAIMS));
        assertRefused(verifier, TestKey.P256.sign(CLAIMS))
                .isEqualTo(
                        "alg: \"ES256\" (expected: EdDSA, PS256, PS384, PS512, RS256, RS384,"
                                + " RS512)");
        assertRefused(verifier, TestKey.OTHER_RSA.signAs("a", CLAIMS))
                .isEqualTo(
                        "signature: another one (expected: that of 1 key of " + file + ": \"a\")");
    }
}
