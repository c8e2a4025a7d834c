package io.snorky.server.backend;

import io.snorky.ConfigurationException;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;

/**
 * The keys that open a back end; several, so that one can be replaced while servers still use the
 * other. Kept as hashes, which are compared in constant time and do not tell the keys' lengths.
 *
 * <p>Threads: immutable.
 */
final class BackendKeys {

    private final List<byte[]> hashes;

    /**
     * @throws ConfigurationException if there is none, or one is empty
     */
    BackendKeys(Collection<String> keys) {
        if (keys.isEmpty() || keys.contains("")) {
            throw new ConfigurationException(
                    "HTTP back end", List.of("key: none or empty (expected: at least one secret)"));
        }
        hashes = keys.stream().map(BackendKeys::hash).toList();
    }

    boolean contains(String key) {
        byte[] hash = hash(key);
        boolean found = false;
        for (byte[] known : hashes) {
            found |= MessageDigest.isEqual(known, hash); // all of them, whichever it is
        }
        return found;
    }

    private static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
