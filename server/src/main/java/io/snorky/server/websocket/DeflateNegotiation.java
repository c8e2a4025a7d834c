package io.snorky.server.websocket;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;

import java.util.Map;
import java.util.Optional;

/**
 * Agreement on permessage-deflate (RFC 7692, section 7.1). What is accepted never carries context
 * over from one message to the next, in either direction; section 7.1.1 allows a server to say so
 * unasked.
 */
final class DeflateNegotiation {

    private static final String NAME = "permessage-deflate";
    private static final String SERVER_NO_CONTEXT = "server_no_context_takeover";
    private static final String CLIENT_NO_CONTEXT = "client_no_context_takeover";
    private static final String SERVER_WINDOW = "server_max_window_bits";
    private static final String CLIENT_WINDOW = "client_max_window_bits";

    private static final String ACCEPTED =
            NAME + "; " + SERVER_NO_CONTEXT + "; " + CLIENT_NO_CONTEXT;

    private DeflateNegotiation() {}

    /** What to answer to the first offer that can be accepted as it stands. */
    static Optional<String> accept(HttpRequest request) {
        var headers = request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS);
        return ExtensionOffer.parse(headers).stream()
                .filter(offer -> offer.name().equals(NAME) && isAcceptable(offer.parameters()))
                .findFirst()
                .map(offer -> answer(offer.parameters()));
    }

    private static boolean isAcceptable(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .allMatch(parameter -> isAcceptable(parameter.getKey(), parameter.getValue()));
    }

    private static boolean isAcceptable(String name, String value) {
        return switch (name) {
            case SERVER_NO_CONTEXT, CLIENT_NO_CONTEXT -> value.isEmpty();
            // java.util.zip compresses with a window of 15 bits and no other
            case SERVER_WINDOW -> value.equals("15");
            // a hint that the client could do with less; what it may do is not restricted
            case CLIENT_WINDOW -> value.isEmpty() || value.matches("[89]|1[0-5]");
            default -> false;
        };
    }

    private static String answer(Map<String, String> parameters) {
        return parameters.containsKey(SERVER_WINDOW)
                ? ACCEPTED + "; " + SERVER_WINDOW + "=15"
                : ACCEPTED;
    }
}
