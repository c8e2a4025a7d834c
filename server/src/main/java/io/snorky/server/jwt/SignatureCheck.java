package io.snorky.server.jwt;

import io.snorky.identity.TokenRefusedException;

import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether a token is signed with one of our keys. The token may name the key; which algorithms it
 * is for, the key says.
 *
 * <p>Threads: any.
 */
final class SignatureCheck {

    /** Headers that change what is signed, or have to be understood. */
    private static final List<String> UNKNOWN = List.of("crit", "b64");

    private final JwtKeys keys;

    SignatureCheck(JwtKeys keys) {
        this.keys = keys;
    }

    /** Waits if keys have to be read or fetched. */
    void check(CompactToken token, Instant now) throws TokenRefusedException {
        for (String name : UNKNOWN) {
            JsonNode value = token.header().get(name);
            if (value != null) {
                throw Refusal.of(name, Shown.value(value), "none in the header");
            }
        }
        List<VerificationKey> candidates = candidates(token.header(), now);
        for (VerificationKey key : candidates) {
            if (isSigned(token, key)) {
                return;
            }
        }
        String expected = "that of " + new KeyRing(keys.source(), candidates);
        throw Refusal.of("signature", "another one", expected);
    }

    private List<VerificationKey> candidates(JsonNode header, Instant now)
            throws TokenRefusedException {
        String algorithm = string(header, "alg");
        if (algorithm == null || !VerificationKey.ALL_ALGORITHMS.contains(algorithm)) {
            throw wrongAlgorithm(header, keys.ring(now).keys());
        }
        List<VerificationKey> named = named(header, now);
        List<VerificationKey> fitting =
                named.stream().filter(key -> key.algorithms().contains(algorithm)).toList();
        if (fitting.isEmpty()) {
            throw wrongAlgorithm(header, named);
        }
        return fitting;
    }

    /** The keys that the token may be talking of. */
    private List<VerificationKey> named(JsonNode header, Instant now) throws TokenRefusedException {
        String id = string(header, "kid");
        if (id == null && header.has("kid")) {
            throw Refusal.of("kid", Shown.value(header.path("kid")), "a string");
        }
        KeyRing ring = keys.ring(now);
        if (!ring.has(id)) {
            ring = keys.newerRing(now);
        }
        if (ring.keys().isEmpty()) {
            throw Refusal.of("keys", ring, "at least one; the log says why there is none");
        }
        List<VerificationKey> candidates = ring.candidates(id);
        if (candidates.isEmpty()) {
            throw Refusal.of("kid", Shown.quoted(String.valueOf(id)), "one of " + ring);
        }
        return candidates;
    }

    private static TokenRefusedException wrongAlgorithm(
            JsonNode header, Collection<VerificationKey> of) {
        Set<String> expected = new TreeSet<>();
        of.forEach(key -> expected.addAll(key.algorithms()));
        if (expected.isEmpty()) {
            expected.addAll(VerificationKey.ALL_ALGORITHMS);
        }
        JsonNode value = header.get("alg");
        String shown = value == null ? "missing" : Shown.value(value);
        return Refusal.of("alg", shown, String.join(", ", expected));
    }

    private static @Nullable String string(JsonNode header, String name) {
        JsonNode value = header.get(name);
        return value != null && value.isString() ? value.stringValue() : null;
    }

    private static boolean isSigned(CompactToken token, VerificationKey key) {
        var permitted = key.algorithms().toArray(String[]::new);
        var signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(
                new AlgorithmConstraints(ConstraintType.PERMIT, permitted));
        signature.setKey(key.key());
        try {
            signature.setCompactSerialization(token.text());
            return signature.verifySignature();
        } catch (JoseException | RuntimeException e) {
            return false; // whatever the library cannot read is not what a key has signed
        }
    }
}
