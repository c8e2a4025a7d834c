package io.snorky.server.cli;

import java.util.Locale;
import java.util.regex.Pattern;

/** The names of Java as a configuration file writes them. */
final class Names {

    private static final Pattern LEADING = Pattern.compile("^[a-zA-Z]+(?=:)");
    private static final Pattern CAPITAL = Pattern.compile("(?<!^)(?=[A-Z])");

    private Names() {}

    /** {@code IO_URING} is {@code io-uring}. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code allowedOrigins: x (…)} is {@code allowed-origins: x (…)}. */
    static String inFile(String problem) {
        return LEADING.matcher(problem)
                .replaceFirst(name ->
                        CAPITAL.matcher(name.group()).replaceAll("-").toLowerCase(Locale.ROOT));
    }
}
