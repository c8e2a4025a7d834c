package io.snorky.server.transport;

import io.snorky.CloseReason;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Why a connection was ended, a request refused, or what was sent to a client dropped. */
public enum Drop {
    SLOW_READER,
    DROPPED_OLDEST,
    CONFLATED,
    STALLED,
    NOT_AUTHENTICATED,
    TOKEN_EXPIRED,
    TOO_FAST,
    TOO_SLOW,
    UNANSWERED_PINGS,
    PROTOCOL_ERROR,
    NOT_UTF8,
    TOO_BIG,
    LATE_ANSWER,
    LATE_REQUEST,
    IDLE,
    MALFORMED_REQUEST,
    LONG_REQUEST_LINE,
    LARGE_HEADERS,
    LARGE_BODY,
    TOO_MANY_SESSIONS,
    TOO_MANY_REQUESTS,
    ABANDONED;

    /** Why the core has ended a connection; empty if the application did. */
    public static Optional<Drop> by(CloseReason reason) {
        if (reason.equals(CloseReason.NOT_AUTHENTICATED)) {
            return Optional.of(NOT_AUTHENTICATED);
        }
        return reason.equals(CloseReason.TOKEN_EXPIRED)
                ? Optional.of(TOKEN_EXPIRED)
                : Optional.empty();
    }

    /** As it is called in figures. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Counts drops by reason. Threads: any. */
    public static final class Counters {

        private final Map<Drop, LongAdder> counts = new EnumMap<>(Drop.class);

        /** Nothing dropped yet. */
        public Counters() {
            for (Drop reason : values()) {
                counts.put(reason, new LongAdder());
            }
        }

        /** One more. */
        public void count(Drop reason) {
            adder(reason).increment();
        }

        /** So many until now. */
        public long of(Drop reason) {
            return adder(reason).sum();
        }

        private LongAdder adder(Drop reason) {
            LongAdder adder = counts.get(reason);
            if (adder == null) {
                throw new AssertionError(reason);
            }
            return adder;
        }
    }
}
