package io.snorky.server.websocket;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a client offers in {@code Sec-WebSocket-Extensions} (RFC 6455, section 9.1).
 *
 * @param parameters by name; the value of one that has none is empty
 */
record ExtensionOffer(String name, Map<String, String> parameters) {

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /**
     * The offers in the order of the client's preference. One that is malformed, or says something
     * twice, is left out: like one that is not understood, it is not accepted.
     */
    static List<ExtensionOffer> parse(List<String> headers) {
        return headers.stream()
                .flatMap(header -> split(header, ',').stream())
                .flatMap(offer -> parse(offer).stream())
                .toList();
    }

    private static Optional<ExtensionOffer> parse(String offer) {
        List<String> parts = split(offer, ';');
        String name = parts.get(0);
        if (!isToken(name)) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String part : parts.subList(1, parts.size())) {
            if (!addParameter(parameters, part)) {
                return Optional.empty();
            }
        }
        return Optional.of(new ExtensionOffer(name, parameters));
    }

    private static boolean addParameter(Map<String, String> parameters, String part) {
        int equals = part.indexOf('=');
        if (equals < 0) {
            return isToken(part) && parameters.put(part, "") == null;
        }
        String name = part.substring(0, equals).strip();
        String value = unquoted(part.substring(equals + 1).strip());
        return isToken(name) && isToken(value) && parameters.put(name, value) == null;
    }

    private static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    private static String unquoted(String value) {
        boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return isQuoted
                ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
                : value;
    }

    /** The parts between separators that are not in quotes, without the space around them. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean isQuoted = false;
        int start = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                isQuoted = !isQuoted;
            } else if (c == '\\' && isQuoted) {
                at++;
            } else if (c == separator && !isQuoted) {
                parts.add(text.substring(start, at).strip());
                start = at + 1;
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }
}
