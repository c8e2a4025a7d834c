package io.snorky.server.jwt;

import io.snorky.identity.TokenRefusedException;
import io.snorky.json.JsonException;

import tools.jackson.databind.JsonNode;

import java.util.Base64;

/**
 * A token in its parts, which nobody has vouched for yet.
 *
 * @param text all of it
 */
record CompactToken(String text, JsonNode header, byte[] claims) {

    private static final int PARTS = 3;

    /**
     * @throws TokenRefusedException if it is too long, or not of a signed token's form
     */
    static CompactToken of(String token, int maxCharacters) throws TokenRefusedException {
        if (token.length() > maxCharacters) {
            throw Refusal.of("token", token.length() + " characters", "at most " + maxCharacters);
        }
        String[] parts = token.split("\\.", -1);
        if (parts.length != PARTS) {
            String expected = "3: header.claims.signature, signed and not encrypted";
            throw Refusal.of("token", parts.length + " parts", expected);
        }
        byte[] header = decode("header", parts[0]);
        byte[] claims = decode("claims", parts[1]);
        decode("signature", parts[2]);
        return new CompactToken(token, object("header", header), claims);
    }

    /** Takes only what an encoder makes, so that no other text passes for the same token. */
    private static byte[] decode(String what, String part) throws TokenRefusedException {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // not Base64 at all
        }
        throw Refusal.of(what, part.length() + " characters", "Base64url without padding");
    }

    /** What the claims say. To be asked only once the signature is known to be right. */
    JsonNode readClaims() throws TokenRefusedException {
        return object("claims", claims);
    }

    private static JsonNode object(String what, byte[] text) throws TokenRefusedException {
        try {
            return JsonObjects.read(text);
        } catch (JsonException e) {
            throw Refusal.of(what, e.getMessage(), "a JSON object with each name once");
        }
    }

    @Override
    public String toString() {
        return "CompactToken of " + text.length() + " characters";
    }
}
