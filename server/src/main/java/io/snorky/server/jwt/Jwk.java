package io.snorky.server.jwt;

import org.jose4j.jwk.JsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One public key of a set: {@code {"kty": "EC", "kid": "a", "crv": "P-256", "x": …, "y": …}}. */
final class Jwk {

    /** What makes a public key. All else, as chains of certificates, nobody needs to look at. */
    private static final List<String> MEMBERS = List.of("kty", "n", "e", "crv", "x", "y");

    private Jwk() {}

    /**
     * @throws InvalidKeyException whose message says why it cannot be used
     */
    static VerificationKey read(JsonNode jwk) throws InvalidKeyException {
        expect(!is(jwk, "kty", "oct"), "a secret (expected: a public key)");
        expect(is(jwk, "use", "sig") || !jwk.has("use"), "not for signatures, by its use");
        expect(hasOperation(jwk) || !jwk.has("key_ops"), "not for verifying, by its key_ops");
        VerificationKey key = VerificationKey.of(text(jwk, "kid"), key(jwk));
        if (key == null) {
            throw new InvalidKeyException("another kind (expected: " + VerificationKey.KINDS + ")");
        }
        return jwk.has("alg") ? narrowed(key, jwk.path("alg")) : key;
    }

    private static VerificationKey narrowed(VerificationKey key, JsonNode algorithm)
            throws InvalidKeyException {
        VerificationKey narrowed =
                algorithm.isString() ? key.onlyFor(algorithm.stringValue()) : null;
        if (narrowed == null) {
            String expected = String.join(", ", key.algorithms());
            throw new InvalidKeyException(
                    "alg " + Shown.value(algorithm) + " (expected: " + expected + ")");
        }
        return narrowed;
    }

    private static void expect(boolean isSo, String problem) throws InvalidKeyException {
        if (!isSo) {
            throw new InvalidKeyException(problem);
        }
    }

    private static boolean is(JsonNode jwk, String name, String value) {
        return value.equals(text(jwk, name));
    }

    private static @Nullable String text(JsonNode jwk, String name) {
        JsonNode value = jwk.get(name);
        return value != null && value.isString() ? value.stringValue() : null;
    }

    private static boolean hasOperation(JsonNode jwk) {
        for (JsonNode operation : jwk.path("key_ops")) {
            if (operation.isString() && operation.stringValue().equals("verify")) {
                return true;
            }
        }
        return false;
    }

    private static PublicKey key(JsonNode jwk) throws InvalidKeyException {
        Map<String, Object> members = new HashMap<>();
        for (String name : MEMBERS) {
            String value = text(jwk, name);
            if (value != null) {
                members.put(name, value);
            }
        }
        try {
            if (JsonWebKey.Factory.newJwk(members).getKey() instanceof PublicKey key) {
                return key;
            }
        } catch (JoseException | RuntimeException e) {
            // the library throws this and that at members that make no key
        }
        throw new InvalidKeyException("no key (expected: " + VerificationKey.KINDS + ")");
    }
}
