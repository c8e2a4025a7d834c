package io.snorky.server.tls;

import io.snorky.ConfigurationException;
import io.snorky.server.TlsOptions;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * How a server shows who it is.
 *
 * @param chain the server's certificate first
 * @param key of that certificate
 */
record Identity(List<X509Certificate> chain, PrivateKey key) {

    Identity {
        chain = List.copyOf(chain);
    }

    /**
     * @throws ConfigurationException with all that is wrong with the files
     */
    static Identity of(PemFiles files, TlsOptions options) {
        List<String> problems = new ArrayList<>(files.problems());
        List<X509Certificate> chain = new ArrayList<>();
        PrivateKey key = null;
        if (problems.isEmpty()) {
            chain = chain(files.chain(), options, problems);
            key = key(files.key(), options, problems);
        }
        if (key != null && !chain.isEmpty() && !belongs(key, chain.get(0))) {
            String expected = "the key of the first certificate in " + options.certificateChain();
            problems.add(problem("privateKey", options.privateKey(), expected));
        }
        if (key == null || !problems.isEmpty()) {
            throw new ConfigurationException("TLS", problems);
        }
        return new Identity(chain, key);
    }

    private static String problem(String what, Object value, String expected) {
        return what + ": " + value + " (expected: " + expected + ")";
    }

    private static List<X509Certificate> chain(
            List<Pem> found, TlsOptions options, List<String> problems) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Pem pem : found) {
                if (pem.label().equals("CERTIFICATE")) {
                    var in = new ByteArrayInputStream(pem.bytes());
                    chain.add((X509Certificate) factory.generateCertificate(in));
                }
            }
        } catch (CertificateException | IllegalArgumentException e) {
            chain.clear();
        }
        if (chain.isEmpty()) {
            String expected = "certificates between lines -----BEGIN CERTIFICATE----- and END";
            problems.add(problem("certificateChain", options.certificateChain(), expected));
        }
        return chain;
    }

    private static @Nullable PrivateKey key(
            List<Pem> found, TlsOptions options, List<String> problems) {
        String expected = "a key between lines -----BEGIN PRIVATE KEY----- and END";
        for (Pem pem : found) {
            if (pem.label().endsWith("PRIVATE KEY")) {
                try {
                    return PrivateKeys.read(pem, options.keyPassword());
                } catch (GeneralSecurityException e) {
                    expected = String.valueOf(e.getMessage());
                    break;
                }
            }
        }
        problems.add(problem("privateKey", options.privateKey(), expected));
        return null;
    }

    /** Whether what the key signs is what the certificate vouches for. */
    private static boolean belongs(PrivateKey key, X509Certificate certificate) {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> "EdDSA";
                };
        try {
            byte[] text = certificate.getEncoded();
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(text);
            byte[] signature = signing.sign();
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(certificate.getPublicKey());
            verifying.update(text);
            return verifying.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
