package io.snorky.server.jwt;

import io.snorky.ConfigurationException;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What signatures are verified with. Which algorithms a token may be signed with follows from the
 * keys alone.
 *
 * <p>Threads: any. One may serve several verifiers.
 */
public abstract sealed class JwtKeys permits FixedKeys, FileKeys, FetchedKeys {

    JwtKeys() {}

    /**
     * A secret that the signer has, too: {@code HS256}; from 48 bytes on also {@code HS384}, from
     * 64 on {@code HS512}, since a secret has to be as long as what it makes.
     *
     * @param secret random bytes, 32 or more; copied
     * @throws ConfigurationException if it is shorter
     */
    public static JwtKeys hmac(byte[] secret) {
        if (secret.length < VerificationKey.MIN_SECRET) {
            String problem = "secret: " + secret.length + " bytes (expected: 32 or more)";
            throw new ConfigurationException("JWT", List.of(problem));
        }
        return new FixedKeys(
                new KeyRing("the shared secret", List.of(VerificationKey.of(secret.clone()))));
    }

    /**
     * Public keys from a file in PEM form. RSA: {@code RS256}, {@code RS384}, {@code RS512}, {@code
     * PS256}, {@code PS384}, {@code PS512}; EC: {@code ES256}, {@code ES384} or {@code ES512}, as
     * its curve has it; Ed25519: {@code EdDSA}. The file is read again when it changes; if it
     * cannot be used then, the keys in use are kept and a line in the log says why.
     *
     * @param pemFile with a {@code PUBLIC KEY} or a {@code CERTIFICATE}, or several; what else a
     *     certificate says, as until when it is valid, does not count
     * @throws ConfigurationException if there is no key in it, or one that cannot be used
     */
    public static JwtKeys publicKey(Path pemFile) {
        return new FileKeys("publicKey", pemFile, PemKeys::read);
    }

    /**
     * Public keys from a file with a JSON Web Key Set (RFC 7517), of the kinds that {@link
     * #publicKey} takes; others are ignored, as are secrets. What keys say of themselves ({@code
     * use}, {@code key_ops}, {@code alg}) is heeded. The file is read again when it changes, as
     * there.
     *
     * @throws ConfigurationException if there is no key in it that can be used
     */
    public static JwtKeys jwks(Path file) {
        return new FileKeys("jwks", file, Jwks::read);
    }

    /**
     * Public keys from the address of a JSON Web Key Set, as {@link #jwks(Path)} from a file.
     *
     * <p>They are fetched when a verifier is made, and again when the answer's {@code max-age} is
     * over (10 min if it has none; 1 min at least and 1 day at most) or a token names a key that is
     * not there; but 30 s after the last attempt at the earliest. The tokens that need what is
     * fetched wait for it, 10 s at most. If it fails, the keys in use are kept and the log says so.
     *
     * @param address {@code https}, or {@code http} to a loopback address
     * @throws ConfigurationException if it is another one
     */
    public static JwtKeys jwks(URI address) {
        return new FetchedKeys(new JwksRequest(address));
    }

    /** Gets ready for the first token. Does not wait for the network. */
    abstract void prepare(Instant now);

    /** The keys in use. May wait for disk or network if there are none, or they are too old. */
    abstract KeyRing ring(Instant now);

    /** The keys in use after a look whether there are newer ones. May wait for it. */
    abstract KeyRing newerRing(Instant now);

    /** Where they are from, for the log. */
    abstract String source();

    @Override
    public final String toString() {
        return "JwtKeys[" + source() + "]";
    }
}
