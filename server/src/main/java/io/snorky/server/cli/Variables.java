package io.snorky.server.cli;

import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables that texts of a configuration file may name as {@code ${NAME}}. */
record Variables(Map<String, String> environment) {

    private static final Pattern NAMED = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    /**
     * A text with values where it named variables.
     *
     * @param missing told of each that is not set, for which there is nothing
     */
    String in(String text, Consumer<String> missing) {
        return NAMED.matcher(text)
                .replaceAll(found -> {
                    String value = environment.get(found.group(1));
                    if (value == null) {
                        missing.accept(found.group());
                        return "";
                    }
                    return Matcher.quoteReplacement(value);
                });
    }
}
