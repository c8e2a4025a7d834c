package io.snorky.server.cli;

import io.snorky.server.InboundLimits;
import io.snorky.server.SockJsOptions;
import io.snorky.server.SockJsTransport;
import io.snorky.server.WebSocketOptions;

import java.util.EnumSet;
import java.util.Set;

/** SockJS beside the WebSocket of the front end. */
record SockJsConfig(String path, SockJsOptions options) {

    /**
     * Reads the section {@code sockjs}.
     *
     * @param websocket the path of the WebSocket
     * @param shared of which the limits and the origins are SockJS's, too, but for the size of a
     *     message
     */
    static SockJsConfig read(Settings section, String websocket, WebSocketOptions shared) {
        String path = section.path("path", "/sockjs");
        if (path.endsWith("/")) {
            section.problem("path", path, "not ending in /");
        }
        if (path.equals(websocket)) {
            section.problem("path", path, "another than that of the WebSocket");
        }
        SockJsOptions unset = SockJsOptions.DEFAULT;
        String clientUrl = section.text("client-url", unset.clientUrl());
        SockJsOptions options =
                new SockJsOptions(
                        section.get("heartbeat-delay", Kind.TIMEOUT, unset.heartbeatDelay()),
                        section.get("disconnect-delay", Kind.TIMEOUT, unset.disconnectDelay()),
                        section.get("response-limit-bytes", Kind.BYTES, unset.responseLimitBytes()),
                        section.get("session-cookie", Kind.FLAG, unset.sessionCookie()),
                        unset.clientUrl(),
                        transports(section),
                        section.get("max-sessions", Kind.COUNT, unset.maxSessions()),
                        section.get(
                                "max-sessions-per-address",
                                Kind.COUNT,
                                unset.maxSessionsPerAddress()),
                        inbound(section, shared.inbound()),
                        shared.outbound(),
                        shared.allowedOrigins(),
                        shared.authenticator());
        return new SockJsConfig(
                path, section.checked(() -> options.withClientUrl(clientUrl), options));
    }

    private static InboundLimits inbound(Settings section, InboundLimits shared) {
        int unset = SockJsOptions.DEFAULT.inbound().maxMessageBytes();
        return shared.withMaxMessageBytes(section.get("max-message-bytes", Kind.BYTES, unset));
    }

    private static Set<SockJsTransport> transports(Settings section) {
        Set<SockJsTransport> left = EnumSet.allOf(SockJsTransport.class);
        section.all("switched-off", Kind.oneOf(SockJsTransport.class)).forEach(left::remove);
        if (left.isEmpty()) {
            section.problem("switched-off", "all", "one transport is left at least");
        }
        return left;
    }
}
