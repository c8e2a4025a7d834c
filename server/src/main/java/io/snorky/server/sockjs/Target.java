package io.snorky.server.sockjs;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a path below the base of an endpoint leads to. */
sealed interface Target {

    /** Paths that name no session, or one that lives as long as its connection. */
    enum Single implements Target {

        /** The words that say that here is SockJS. */
        GREETING,

        /** The page for the iframe. */
        IFRAME,

        /** What the client asks before anything else. */
        INFO,

        /** A WebSocket with SockJS in it. */
        WEBSOCKET,

        /** A WebSocket without. */
        RAW_WEBSOCKET
    }

    /** A request that waits for frames of a session. */
    record Receive(String session, Receiving how) implements Target {}

    /** A request with messages for a session. */
    record Send(String session, Sending how) implements Target {}

    /** Longer ids of sessions lead nowhere. */
    int MAX_ID_CHARACTERS = 128;

    Pattern IFRAME = Pattern.compile("/iframe[0-9-.a-z_]*\\.html");

    Map<String, Receiving> RECEIVING =
            Arrays.stream(Receiving.values())
                    .collect(Collectors.toUnmodifiableMap(Receiving::segment, Function.identity()));

    Map<String, Sending> SENDING =
            Arrays.stream(Sending.values())
                    .collect(Collectors.toUnmodifiableMap(Sending::segment, Function.identity()));

    /**
     * Finds it.
     *
     * @param path as it came, not decoded
     * @return empty if there is nothing
     */
    static Optional<Target> of(String path) {
        return switch (path) {
            case "", "/" -> Optional.of(Single.GREETING);
            case "/info" -> Optional.of(Single.INFO);
            case "/websocket" -> Optional.of(Single.RAW_WEBSOCKET);
            default -> path.indexOf('/', 1) < 0 ? iframe(path) : inSession(path);
        };
    }

    private static Optional<Target> iframe(String path) {
        return IFRAME.matcher(path).matches() ? Optional.of(Single.IFRAME) : Optional.empty();
    }

    private static Optional<Target> inSession(String path) {
        int second = path.indexOf('/', 1);
        int third = path.indexOf('/', second + 1);
        if (third < 0) {
            return Optional.empty();
        }
        String session = path.substring(second + 1, third);
        String last = path.substring(third + 1);
        if (!isName(path.substring(1, second)) || !isName(session)) {
            return Optional.empty();
        }
        Receiving receiving = RECEIVING.get(last);
        if (receiving != null) {
            return Optional.of(new Receive(session, receiving));
        }
        Sending sending = SENDING.get(last);
        if (sending != null) {
            return Optional.of(new Send(session, sending));
        }
        return last.equals("websocket") ? Optional.of(Single.WEBSOCKET) : Optional.empty();
    }

    private static boolean isName(String segment) {
        return !segment.isEmpty()
                && segment.length() <= MAX_ID_CHARACTERS
                && segment.indexOf('.') < 0;
    }
}
