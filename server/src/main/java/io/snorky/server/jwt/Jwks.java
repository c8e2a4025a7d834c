package io.snorky.server.jwt;

import io.snorky.ConfigurationException;
import io.snorky.json.JsonException;

import tools.jackson.databind.JsonNode;

import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.List;

/** Public keys in a JSON Web Key Set (RFC 7517): {@code {"keys": [{"kty": "RSA", …}, …]}}. */
final class Jwks {

    /** Keys of a set, at most: a token that names none is tried with each. */
    static final int MAX_KEYS = 100;

    private Jwks() {}

    /**
     * @throws ConfigurationException if there is no key to be used
     */
    static KeyRing read(String what, String source, byte[] content) {
        List<VerificationKey> keys = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        int position = 0;
        for (JsonNode jwk : list(what, source, content)) {
            try {
                keys.add(Jwk.read(jwk));
            } catch (InvalidKeyException e) {
                ignored.add(name(jwk, position) + ": " + e.getMessage());
            }
            position++;
        }
        if (keys.isEmpty()) {
            String why = ignored.isEmpty() ? "" : ", as the first, " + ignored.get(0);
            String value = source + ": none of " + position + " keys" + why;
            throw problem(what, value, "at least one to verify with");
        }
        return new KeyRing(source, keys, ignored);
    }

    private static ConfigurationException problem(String what, String value, String expected) {
        String problem = what + ": " + value + " (expected: " + expected + ")";
        return new ConfigurationException("JWT", List.of(problem));
    }

    private static String name(JsonNode jwk, int position) {
        JsonNode id = jwk.path("kid");
        return "key " + (id.isString() ? Shown.value(id) : "at " + position);
    }

    private static JsonNode list(String what, String source, byte[] content) {
        String value = source;
        try {
            JsonNode list = JsonObjects.read(content).path("keys");
            if (list.isArray() && list.size() <= MAX_KEYS) {
                return list;
            }
            value += list.isArray() ? ": " + list.size() + " keys" : ": no array \"keys\"";
        } catch (JsonException e) {
            value += ": " + e.getMessage();
        }
        throw problem(what, value, "{\"keys\": [{\"kty\": …}, …]}, at most " + MAX_KEYS);
    }
}
