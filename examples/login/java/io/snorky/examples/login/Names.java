package io.snorky.examples.login;

import java.util.Locale;
import java.util.regex.Pattern;

/** What people may call themselves. */
public final class Names {

    /** For people to read. */
    public static final String RULE =
            "1 to 24 letters, digits, spaces or any of . ' - with a letter or digit at both ends";

    private static final Pattern GOOD =
            Pattern.compile(
                    "(?=.{1,24}$)[\\p{L}\\p{N}]([\\p{L}\\p{M}\\p{N} .'-]*[\\p{L}\\p{M}\\p{N}])?");

    private Names() {}

    /** Whether a name keeps the {@link #RULE}. */
    public static boolean isGood(String name) {
        return GOOD.matcher(name).matches();
    }

    /** The same for names that differ in case only. */
    static String key(String name) {
        return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
