package io.snorky.server;

import io.snorky.ConfigurationException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * TLS by files in PEM form, which are read again when what they hold changes. New connections get
 * what is new; if it cannot be used, what was there before is kept and a line in the log says why.
 *
 * @param certificateChain file with the server's certificate and, behind it, those that lead to one
 *     its clients know
 * @param privateKey file with the key of the server's certificate: RSA, EC or EdDSA, in PKCS #8,
 *     PKCS #1 or SEC 1
 * @param keyPassword of a key that is encrypted, which is PKCS #8; empty for one that is not
 * @param protocols {@code TLSv1.3}, {@code TLSv1.2}, or both
 * @param checkInterval between two looks at the files
 */
public record TlsOptions(
        Path certificateChain,
        Path privateKey,
        String keyPassword,
        Set<String> protocols,
        Duration checkInterval) {

    private static final Set<String> KNOWN = new LinkedHashSet<>(List.of("TLSv1.3", "TLSv1.2"));

    /**
     * @throws ConfigurationException if a protocol is another one, or there is none
     */
    public TlsOptions {
        Checks.positive("checkInterval", checkInterval);
        List<String> problems = new ArrayList<>();
        for (String protocol : protocols) {
            if (!KNOWN.contains(protocol)) {
                problems.add("protocols: " + protocol + " (expected: TLSv1.3 or TLSv1.2)");
            }
        }
        if (protocols.isEmpty()) {
            problems.add("protocols: none (expected: TLSv1.3 or TLSv1.2)");
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException("TLS", problems);
        }
        protocols = Set.copyOf(protocols);
    }

    /** With a key that is not encrypted, both protocols, and a look at the files every minute. */
    public TlsOptions(Path certificateChain, Path privateKey) {
        this(certificateChain, privateKey, "", KNOWN, Duration.ofMinutes(1));
    }

    /** The same with an encrypted key. */
    public TlsOptions withKeyPassword(String password) {
        return new TlsOptions(certificateChain, privateKey, password, protocols, checkInterval);
    }

    /** The same with other protocols. */
    public TlsOptions withProtocols(String... names) {
        return new TlsOptions(
                certificateChain,
                privateKey,
                keyPassword,
                Set.copyOf(List.of(names)),
                checkInterval);
    }

    /** The same with another interval between two looks at the files. */
    public TlsOptions withCheckInterval(Duration interval) {
        return new TlsOptions(certificateChain, privateKey, keyPassword, protocols, interval);
    }

    @Override
    public String toString() {
        return "TlsOptions[" + certificateChain + ", " + privateKey + ", " + protocols + "]";
    }
}
