package io.snorky.server.jwt;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Stands still unless it is put forward, or back. */
final class HandClock extends Clock {

    private volatile Instant now = Instant.parse("2026-01-31T12:05:00Z");

    void put(Duration forward) {
        now = now.plus(forward);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
