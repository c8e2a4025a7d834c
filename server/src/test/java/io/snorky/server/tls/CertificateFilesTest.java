package io.snorky.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.ConfigurationException;
import io.snorky.server.SnorkyServer;
import io.snorky.server.TlsOptions;
import io.snorky.server.wire.Echo;
import io.snorky.server.wire.TestCertificate;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** What may be in the files of a certificate and its key. */
class CertificateFilesTest {

    private static final TestCertificate RSA = TestCertificate.of("RSA", "-keysize", "2048");
    private static final TestCertificate EC = TestCertificate.of("EC", "-groupname", "secp384r1");
    private static final TestCertificate EDDSA = TestCertificate.of("Ed25519");

    @TempDir private Path folder;
    private Path chain;
    private Path key;

    @BeforeEach
    void nameFiles() {
        chain = folder.resolve("chain.pem");
        key = folder.resolve("key.pem");
    }

    private TlsOptions options() {
        return new TlsOptions(chain, key);
    }

    private static SnorkyServer server(TlsOptions options) {
        return SnorkyServer.builder()
                .listen(0, at -> at.tls(options).webSocket("/ws", new Echo()))
                .start();
    }

    private static void expectService(TlsOptions options, TestCertificate certificate) {
        try (SnorkyServer server = server(options);
                Wire wire = Wire.to(server.addresses().get(0))) {
            WireWebSocket client = WireWebSocket.on(wire.encrypted(certificate.clientContext()));
            client.says(Echo.of("1"));
            client.hears(Echo.of("1"));
        }
    }

    private static void expectProblems(TlsOptions options, String... problems) {
        assertThatThrownBy(() -> server(options))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> {
                            assertThat(e.problems()).hasSameSizeAs(problems);
                            for (int i = 0; i < problems.length; i++) {
                                assertThat(e.problems().get(i)).startsWith(problems[i]);
                            }
                        });
    }

    /** Without what DER has before the content of a sequence's last element. */
    private static byte[] contentAtEnd(byte[] pkcs8, int skipped) {
        return Arrays.copyOfRange(pkcs8, skipped, pkcs8.length);
    }

    @Test
    void a_key_may_be_in_PKCS_8() {
        for (TestCertificate certificate : List.of(RSA, EC, EDDSA)) {
            certificate.writeTo(chain, key);

            expectService(options(), certificate);
        }
    }

    @Test
    void a_key_of_RSA_may_be_in_PKCS_1() {
        byte[] pkcs1 = contentAtEnd(RSA.key().getEncoded(), 26);
        TestCertificate.write(chain, RSA.pem());
        TestCertificate.write(key, TestCertificate.pem("RSA PRIVATE KEY", pkcs1));

        expectService(options(), RSA);
    }

    @Test
    void a_key_of_EC_may_be_in_SEC_1_if_it_says_its_curve() {
        byte[] pkcs8 = EC.key().getEncoded();
        byte[] bare = contentAtEnd(pkcs8, pkcs8.length - 55); // a sequence: 1, and 48 bytes
        byte[] secp384r1 = HexFormat.of().parseHex("a00706052b81040022");
        byte[] sec1 = Arrays.copyOf(bare, bare.length + secp384r1.length);
        System.arraycopy(secp384r1, 0, sec1, bare.length, secp384r1.length);
        sec1[1] += (byte) secp384r1.length;
        TestCertificate.write(chain, EC.pem());
        TestCertificate.write(
                key,
                TestCertificate.pem("EC PARAMETERS", Arrays.copyOfRange(secp384r1, 2, 9))
                        + TestCertificate.pem("EC PRIVATE KEY", sec1));
        expectService(options(), EC);

        TestCertificate.write(key, TestCertificate.pem("EC PRIVATE KEY", bare));
        expectProblems(options(), "privateKey: " + key + " (expected: one that says its curve");
    }

    @Test
    void a_key_may_be_encrypted() throws GeneralSecurityException, IOException {
        TestCertificate.write(chain, RSA.pem());
        TestCertificate.write(
                key, TestCertificate.pem("ENCRYPTED PRIVATE KEY", encrypted("swordfish")));

        expectService(options().withKeyPassword("swordfish"), RSA);
        expectProblems(
                options().withKeyPassword("marlin"),
                "privateKey: " + key + " (expected: another password)");
        expectProblems(
                options(),
                "privateKey: " + key + " (expected: with a password, as it is encrypted)");
    }

    private static byte[] encrypted(String password) throws GeneralSecurityException, IOException {
        String algorithm = "PBEWithHmacSHA256AndAES_256";
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm)
                        .generateSecret(new PBEKeySpec(password.toCharArray())));
        byte[] bytes = cipher.doFinal(RSA.key().getEncoded());
        byte[] pbes2 = HexFormat.of().parseHex("06092a864886f70d01050d");
        return Der.element(
                Der.SEQUENCE,
                Der.element(Der.SEQUENCE, pbes2, cipher.getParameters().getEncoded()),
                Der.element(Der.OCTET_STRING, bytes));
    }

    @Test
    void a_password_is_never_shown() {
        assertThat(options().withKeyPassword("swordfish").toString()).doesNotContain("swordfish");
    }

    @Test
    void there_may_be_text_around_and_more_certificates_behind() {
        TestCertificate.write(chain, "The server:\n" + EC.pem() + "The one above:\n" + RSA.pem());
        TestCertificate.write(
                key,
                "The key:\r\n"
                        + TestCertificate.pem("PRIVATE KEY", EC.key().getEncoded())
                                .replace("\n", "\r\n"));

        expectService(options(), EC);
    }

    @Test
    void both_files_are_named_if_both_are_missing() {
        expectProblems(
                options(),
                "certificateChain: " + chain + " (expected: a file that can be read): ",
                "privateKey: " + key + " (expected: a file that can be read): ");
    }

    @Test
    void both_are_named_if_they_are_mixed_up() {
        EC.writeTo(key, chain);

        expectProblems(
                options(),
                "certificateChain: "
                        + chain
                        + " (expected: certificates between lines -----BEGIN CERTIFICATE-----",
                "privateKey: " + key + " (expected: a key between lines -----BEGIN PRIVATE KEY");
    }

    @Test
    void the_key_has_to_be_that_of_the_first_certificate() {
        for (TestCertificate other : List.of(RSA, TestCertificate.ofAnyKind(), EDDSA)) {
            other.writeTo(chain, key);
            TestCertificate.write(chain, EC.pem() + other.pem());

            expectProblems(
                    options(),
                    "privateKey: "
                            + key
                            + " (expected: the key of the first certificate in "
                            + chain
                            + ")");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END CERTIFICATE-----\n",
                "-----BEGIN PRIVATE KEY-----\n!!!!\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
                "-----BEGIN EC PRIVATE KEY-----\nMP//\n-----END EC PRIVATE KEY-----\n",
                "-----BEGIN EC PRIVATE KEY-----\nMIT/////\n-----END EC PRIVATE KEY-----\n",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                        + "AAAA\n"
                        + "-----END ENCRYPTED PRIVATE KEY-----\n",
                "-----BEGIN DSA PRIVATE KEY-----\nAAAA\n-----END DSA PRIVATE KEY-----\n",
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n"
                        + "-----END RSA PRIVATE KEY-----\n",
            })
    void what_is_no_key_is_named(String text) {
        TestCertificate.write(chain, EC.pem());
        TestCertificate.write(key, text);

        expectProblems(options().withKeyPassword("x"), "privateKey: " + key + " (expected: ");
    }

    @Test
    void what_is_no_certificate_is_named() throws IOException {
        EC.writeTo(chain, key);
        for (String text :
                List.of(
                        "",
                        "AAAA",
                        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")) {
            Files.writeString(chain, text);

            expectProblems(options(), "certificateChain: " + chain + " (expected: certificates");
        }
    }

    @Test
    void protocols_that_are_not_spoken_are_named() {
        assertThatThrownBy(() -> options().withProtocols("TLSv1.3", "TLSv1.1", "SSLv3"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("protocols: TLSv1.1 (expected: TLSv1.3 or TLSv1.2)")
                .hasMessageContaining("protocols: SSLv3 (expected: TLSv1.3 or TLSv1.2)");
        assertThatThrownBy(() -> options().withProtocols())
                .hasMessageContaining("protocols: none (expected");
    }

    @Test
    void mistakes_of_all_ports_are_told_at_once() {
        var builder =
                SnorkyServer.builder()
                        .listen(0, at -> at.tls(options()))
                        .listen(0, at -> at.tls(new TlsOptions(key, chain)));

        assertThatThrownBy(builder::start)
                .isInstanceOfSatisfying(
                        ConfigurationException.class, e -> assertThat(e.problems()).hasSize(4));
    }
}
