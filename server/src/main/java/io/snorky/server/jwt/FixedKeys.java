package io.snorky.server.jwt;

import java.time.Instant;

/** Keys that stay as they are. */
final class FixedKeys extends JwtKeys {

    private final KeyRing ring;

    FixedKeys(KeyRing ring) {
        this.ring = ring;
    }

    @Override
    void prepare(Instant now) {}

    @Override
    KeyRing ring(Instant now) {
        return ring;
    }

    @Override
    KeyRing newerRing(Instant now) {
        return ring;
    }

    @Override
    String source() {
        return ring.source();
    }
}
