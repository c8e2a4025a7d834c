package io.snorky.log;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in one life of a log, as clients keep it.
 *
 * @param epoch of the log
 * @param number of the entry after which to read on
 */
public record Offset(String epoch, long number) {

    private static final Pattern TEXT = Pattern.compile("([A-Za-z0-9]{1,32})-([0-9]{1,18})");
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int EPOCH_LENGTH = 10;

    /** Names a life of a log. */
    public static String newEpoch(RandomGenerator random) {
        var epoch = new StringBuilder(EPOCH_LENGTH);
        for (int i = 0; i < EPOCH_LENGTH; i++) {
            epoch.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return epoch.toString();
    }

    /** Opaque to clients. */
    public String text() {
        return epoch + "-" + number;
    }

    /** Reads what {@link #text} has written; empty if it is something else. */
    public static Optional<Offset> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new Offset(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }
}
