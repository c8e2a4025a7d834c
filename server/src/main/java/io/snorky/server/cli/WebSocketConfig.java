package io.snorky.server.cli;

import io.snorky.server.CompressionOptions;
import io.snorky.server.InboundLimits;
import io.snorky.server.OutboundLimits;
import io.snorky.server.WebSocketOptions;

import java.util.List;

/** Reads how a WebSocket endpoint is to be. */
final class WebSocketConfig {

    private WebSocketConfig() {}

    static WebSocketOptions read(Settings frontend) {
        WebSocketOptions options =
                WebSocketOptions.DEFAULT
                        .withPingInterval(
                                frontend.get(
                                        "ping-interval",
                                        Kind.TIMEOUT_OR_ZERO,
                                        WebSocketOptions.DEFAULT.pingInterval()))
                        .withInbound(inbound(frontend.section("inbound")))
                        .withOutbound(outbound(frontend.section("outbound")))
                        .withCompression(compression(frontend.section("compression")));
        List<String> origins = frontend.texts("allowed-origins");
        WebSocketOptions withOrigins =
                frontend.checked(
                        () -> options.withAllowedOrigins(origins.toArray(String[]::new)), options);
        List<String> subprotocols = frontend.texts("subprotocols");
        return frontend.checked(
                () -> withOrigins.withSubprotocols(subprotocols.toArray(String[]::new)),
                withOrigins);
    }

    private static InboundLimits inbound(Settings section) {
        InboundLimits unset = InboundLimits.DEFAULT;
        return new InboundLimits(
                section.get("max-message-bytes", Kind.BYTES, unset.maxMessageBytes()),
                section.get("max-nesting", Kind.COUNT, unset.maxNesting()),
                section.get("max-pending", Kind.COUNT, unset.maxPending()),
                section.get("messages-per-second", Kind.COUNT, unset.messagesPerSecond()),
                section.get("bytes-per-second", Kind.BYTES, unset.bytesPerSecond()),
                section.get("patience", Kind.TIMEOUT, unset.patience()),
                section.get("message-timeout", Kind.TIMEOUT, unset.messageTimeout()));
    }

    private static OutboundLimits outbound(Settings section) {
        OutboundLimits unset = OutboundLimits.DEFAULT;
        return new OutboundLimits(
                section.get("max-bytes", Kind.BYTES, unset.maxBytes()),
                section.get("stall-timeout", Kind.TIMEOUT, unset.stallTimeout()));
    }

    private static CompressionOptions compression(Settings section) {
        CompressionOptions unset = CompressionOptions.OFF;
        return new CompressionOptions(
                section.get("enabled", Kind.FLAG, unset.enabled()),
                section.get("threshold-bytes", Kind.BYTES, unset.thresholdBytes()),
                section.get("level", Kind.number(1, 9), unset.level()));
    }
}
