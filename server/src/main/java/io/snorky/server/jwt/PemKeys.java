package io.snorky.server.jwt;

import io.snorky.ConfigurationException;
import io.snorky.server.tls.Pem;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;

/** Public keys in PEM form (RFC 7468). */
final class PemKeys {

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");

    private PemKeys() {}

    static KeyRing read(String what, String source, byte[] content) {
        List<VerificationKey> keys = new ArrayList<>();
        for (Pem pem : Pem.parse(new String(content, StandardCharsets.ISO_8859_1))) {
            VerificationKey key = null;
            try {
                key = VerificationKey.of(null, read(pem));
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                // the label says enough
            }
            if (key == null) {
                throw problem(what, source + ": " + Shown.quoted(pem.label()));
            }
            keys.add(key);
        }
        if (keys.isEmpty()) {
            throw problem(what, source);
        }
        return new KeyRing(source, keys);
    }

    private static ConfigurationException problem(String what, String value) {
        String expected = "PUBLIC KEY or CERTIFICATE in PEM form: " + VerificationKey.KINDS;
        String problem = what + ": " + value + " (expected: " + expected + ")";
        return new ConfigurationException("JWT", List.of(problem));
    }

    private static PublicKey read(Pem pem) throws GeneralSecurityException {
        return switch (pem.label()) {
            case "PUBLIC KEY" -> decode(new X509EncodedKeySpec(pem.bytes()));
            case "CERTIFICATE" ->
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(pem.bytes()))
                            .getPublicKey();
            default -> throw new InvalidKeySpecException(pem.label());
        };
    }

    private static PublicKey decode(X509EncodedKeySpec key) throws GeneralSecurityException {
        var problem = new InvalidKeySpecException("of another algorithm");
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePublic(key);
            } catch (InvalidKeySpecException e) {
                problem.addSuppressed(e); // it may be of another one
            }
        }
        throw problem;
    }
}
