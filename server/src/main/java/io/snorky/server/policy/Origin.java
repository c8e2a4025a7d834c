package io.snorky.server.policy;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page comes from (RFC 6454, section 6.2).
 *
 * @param scheme in lower case
 * @param host in lower case; also such as {@code my_app}, and {@code [::1]}
 * @param port the scheme's own if there is no other; −1 if it has none
 */
record Origin(String scheme, String host, int port) {

    private static final Pattern ORIGIN =
            Pattern.compile(
                    "(?<scheme>[a-z][a-z0-9+.-]*)://(?<host>[a-z0-9._-]+|\\[[0-9a-f:.]+])"
                            + "(?::(?<port>[0-9]{1,5}))?");

    /**
     * @return empty if it is something else, as {@code null} for a page that hides it
     */
    static Optional<Origin> parse(String text) {
        Matcher matcher = ORIGIN.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String scheme = matcher.group("scheme");
        String port = matcher.group("port");
        return Optional.of(
                new Origin(
                        scheme,
                        matcher.group("host"),
                        port == null ? portOf(scheme) : Integer.parseInt(port)));
    }

    private static int portOf(String scheme) {
        return switch (scheme) {
            case "http" -> 80;
            case "https" -> 443;
            default -> -1;
        };
    }
}
