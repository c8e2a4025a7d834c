package io.snorky.server.jwt;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;

/**
 * The keys of one source at a moment.
 *
 * @param source where they are from, for the log
 * @param ignored keys of the source that cannot be used, and why; one sentence each
 */
record KeyRing(String source, List<VerificationKey> keys, List<String> ignored) {

    KeyRing {
        keys = List.copyOf(keys);
        ignored = List.copyOf(ignored);
    }

    KeyRing(String source, List<VerificationKey> keys) {
        this(source, keys, List.of());
    }

    /** Whether any key may have verified a token that names this one. */
    boolean has(@Nullable String id) {
        return !candidates(id).isEmpty();
    }

    /**
     * The keys that a token may have been signed with.
     *
     * @param id as the token has it; null if it does not say
     */
    List<VerificationKey> candidates(@Nullable String id) {
        return keys.stream()
                .filter(key -> id == null || key.id() == null || id.equals(key.id()))
                .toList();
    }

    /** As {@code 2 keys of https://example.org/jwks.json: "a", "b"}. */
    @Override
    public String toString() {
        List<String> ids = keys.stream().map(VerificationKey::id).filter(Objects::nonNull).toList();
        String count = keys.size() == 1 ? "1 key" : keys.size() + " keys";
        return count + " of " + source + (ids.isEmpty() ? "" : ": " + Shown.list(ids));
    }
}
