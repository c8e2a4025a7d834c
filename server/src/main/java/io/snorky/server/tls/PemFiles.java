package io.snorky.server.tls;

import io.snorky.server.TlsOptions;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What a certificate's files held at a moment.
 *
 * <p>Threads: immutable.
 */
final class PemFiles {

    private static final int MAX_BYTES = 1 << 20;

    private final List<String> problems = new ArrayList<>();
    private final String chain;
    private final String key;

    private PemFiles(TlsOptions options) {
        chain = read("certificateChain", options.certificateChain());
        key = read("privateKey", options.privateKey());
    }

    /** Reads them. Waits for the disk. */
    static PemFiles read(TlsOptions options) {
        return new PemFiles(options);
    }

    private String read(String what, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            problems.add(what + ": " + file + " (expected: a file that can be read): " + e);
            return "";
        }
    }

    List<String> problems() {
        return problems;
    }

    List<Pem> chain() {
        return Pem.parse(chain);
    }

    List<Pem> key() {
        return Pem.parse(key);
    }

    /** Tells them from what they hold at other moments, and nothing else of them. */
    String fingerprint() {
        try {
            byte[] all = (chain + '\0' + key + '\0' + problems).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
