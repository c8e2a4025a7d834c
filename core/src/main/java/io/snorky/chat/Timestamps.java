package io.snorky.chat;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments as the original writes them: ISO 8601 with offset, microseconds if there are any. */
final class Timestamps {

    private static final int NANOS_PER_MICRO = 1_000;

    private static final DateTimeFormatter WHOLE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);
    private static final DateTimeFormatter FRACTION =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx", Locale.ROOT);

    private Timestamps() {}

    static String now(Clock clock) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        boolean isWhole = now.getNano() < NANOS_PER_MICRO;
        return now.format(isWhole ? WHOLE : FRACTION);
    }
}
