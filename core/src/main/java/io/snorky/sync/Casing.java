package io.snorky.sync;

import java.util.Locale;

/** How names of the source are written on the wire. */
public enum Casing {

    /** As they are. */
    AS_IS {
        @Override
        String of(String name) {
            return name;
        }
    },

    /** {@code total_length} becomes {@code totalLength}; what has no underscore stays as it is. */
    CAMEL {
        @Override
        String of(String name) {
            if (name.indexOf('_') < 0) {
                return name;
            }
            var camel = new StringBuilder();
            for (String word : name.toLowerCase(Locale.ROOT).split("_", -1)) {
                if (word.isEmpty()) {
                    continue;
                }
                camel.append(camel.isEmpty() ? word : capitalized(word));
            }
            return camel.toString();
        }
    };

    /** The name on the wire. */
    abstract String of(String name);

    /** The first letter of each run of letters, also behind digits: {@code 2fa} is {@code 2Fa}. */
    private static String capitalized(String word) {
        var out = new StringBuilder(word);
        for (int i = 0; i < word.length(); i++) {
            if (i == 0 || !Character.isLetter(word.charAt(i - 1))) {
                out.setCharAt(i, Character.toUpperCase(word.charAt(i)));
            }
        }
        return out.toString();
    }
}
