package io.snorky.server.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.snorky.Registry;
import io.snorky.server.CompressionOptions;
import io.snorky.server.ConnectionLimits;
import io.snorky.server.InboundLimits;
import io.snorky.server.OutboundLimits;
import io.snorky.server.ServerBuilder;
import io.snorky.server.SnorkyServer;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.transport.Drop;
import io.snorky.server.wire.Echo;
import io.snorky.server.wire.Post;
import io.snorky.server.wire.RunningServer;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.net.InetSocketAddress;
import java.time.Duration;

/** A server with little patience, and its figures. */
final class Besieged implements BeforeAllCallback, AfterAllCallback {

    static final int MAX_MESSAGE_BYTES = 100_000;

    private static final Duration PATIENCE = Duration.ofMillis(1_600);
    private static final int MANY = 30_000;

    private static final WebSocketOptions OPTIONS =
            WebSocketOptions.DEFAULT
                    .withInbound(
                            InboundLimits.DEFAULT
                                    .withMaxMessageBytes(MAX_MESSAGE_BYTES)
                                    .withRates(2_000, 8 << 20, PATIENCE)
                                    .withMessageTimeout(PATIENCE))
                    .withOutbound(new OutboundLimits(64 << 10, PATIENCE))
                    .withCompression(CompressionOptions.ON);

    private static final WebSocketOptions PINGING =
            OPTIONS.withPingInterval(Duration.ofMillis(200));

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final RunningServer server;
    private final int maxHandshakes;

    /**
     * @param maxHandshakes connections that may say at a time what they want
     */
    Besieged(int maxHandshakes) {
        this.maxHandshakes = maxHandshakes;
        var limits =
                new ConnectionLimits(
                        MANY, MANY, 64, maxHandshakes, 4096, 16_384, PATIENCE, PATIENCE);
        ServerBuilder builder = SnorkyServer.builder().limits(limits).meters(meters);
        server =
                new RunningServer(
                        builder,
                        at ->
                                at.webSocket("/ws", OPTIONS, registry())
                                        .webSocket("/calm", new Echo())
                                        .webSocket("/pinging", PINGING, registry())
                                        .httpBackend("/backend", Post.KEY, new Echo()));
    }

    private static Registry registry() {
        return new Registry(new Echo(), new Flood());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server.start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.stop();
    }

    InetSocketAddress address() {
        return server.address();
    }

    int maxHandshakes() {
        return maxHandshakes;
    }

    /** How many have come to that end. */
    int count(Drop end) {
        return (int)
                meters.get("snorky.drops").tag("reason", end.label()).functionCounter().count();
    }

    int gauge(String name) {
        return (int) meters.get(name).gauge().value();
    }

    /** Waits until the server has forgotten all but so many connected clients. */
    void expectNothingLeftBut(int clients) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> {
                    assertThat(gauge("snorky.connections")).as("connections").isEqualTo(clients);
                    assertThat(gauge("snorky.clients")).as("clients").isEqualTo(clients);
                    assertThat(gauge("snorky.handshakes")).as("handshakes").isZero();
                });
    }
}
