package io.snorky.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.Overflow;
import io.snorky.datasync.DataSyncLimits;
import io.snorky.datasync.DeltaLogLimits;
import io.snorky.pubsub.ChannelSettings;
import io.snorky.pubsub.HistoryLimits;
import io.snorky.pubsub.PubSubLimits;
import io.snorky.server.Authenticator;
import io.snorky.server.BackendOptions;
import io.snorky.server.CompressionOptions;
import io.snorky.server.ConnectionLimits;
import io.snorky.server.ForwardedHeader;
import io.snorky.server.InboundLimits;
import io.snorky.server.OutboundLimits;
import io.snorky.server.ProxyOptions;
import io.snorky.server.SockJsOptions;
import io.snorky.server.SockJsTransport;
import io.snorky.server.TlsOptions;
import io.snorky.server.Transport;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.cli.DataSyncConfig.DealerConfig;
import io.snorky.server.cli.DataSyncConfig.DealerKind;
import io.snorky.server.cli.PubSubConfig.ChannelConfig;
import io.snorky.server.cli.ServerConfig.Backend;
import io.snorky.server.cli.ServerConfig.Frontend;
import io.snorky.server.cli.ServerConfig.Management;
import io.snorky.server.cli.ServerConfig.Server;
import io.snorky.server.jwt.JwtOptions;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a configuration file that is right means. */
class ServerConfigTest {

    private static final String LEAST =
            """
            backend: {keys: ["swordfish"]}
            dealers: [{name: AllTasks, model: Task}]
            """;

    private static final String ALL =
            """
            frontend:
              host: 192.0.2.1
              port: 80
              websocket: /socket
              allowed-origins: ["https://example.org", "https://*.example.org"]
              subprotocols: [one, two]
              ping-interval: 0 s
              inbound:
                max-message-bytes: 64 KiB
                max-nesting: 20
                max-pending: 3
                messages-per-second: 50
                bytes-per-second: 1MiB
                patience: 2 s
                message-timeout: 3 s
              outbound:
                max-bytes: 100000
                stall-timeout: 500 ms
              compression:
                enabled: true
                threshold-bytes: 1000
                level: 9
              sockjs:
                path: /sock
                switched-off: [raw-websocket, jsonp]
                heartbeat-delay: 20 s
                disconnect-delay: 6 s
                response-limit-bytes: 64 KiB
                session-cookie: true
                client-url: /sockjs.js
                max-sessions: 21
                max-sessions-per-address: 22
                max-message-bytes: 32 KiB
              jwt:
                secret: "swordfish swordfish swordfish ${WORD}"
                issuers: [one]
                audiences: [two, three]
                leeway: 0 s
                identity-claim: user
                require-expiry: false
                max-age: 4 h
                max-token-characters: 5
                cookie: access
                without-token: anonymous
                first-message-timeout: 6 s
              tls:
                certificate-chain: chain.pem
                private-key: /keys/key.pem
                key-password: open ${WORD}
                protocols: [TLSv1.3]
                check-interval: 1 h
              proxies:
                trusted: [10.0.0.0/8, "2001:db8::7"]
                header: forwarded
                proxy-protocol: true
            backend:
              host: 192.0.2.2
              port: "${PORT}"
              path: /back
              keys: ["${WORD}", other]
              max-body-bytes: 1 GiB
              answer-timeout: 2 min
              proxies:
                trusted: [192.0.2.3]
            management:
              host: 192.0.2.4
              port: 90
            limits:
              max-connections: 1
              max-per-address: 2
              ipv6-prefix-bits: 3
              max-handshakes: 4
              max-request-line-bytes: 5
              max-header-bytes: 6
              request-timeout: 7 s
              idle-timeout: 8 s
            server:
              transport: io-uring
              event-loops: 9
              drain-window: 10 s
              shutdown-timeout: 11 s
            pubsub:
              overflow: conflate
              max-history-bytes: 41 MiB
              max-history-channels: 42
              max-members-per-channel: 43
              channels:
                - {pattern: "chat/*", presence: true, history: {max-messages: 44, max-bytes: 45 KiB, max-age: 46 s}}
                - {pattern: "**", history: {}, overflow: drop-oldest}
            datasync:
              subscription-timeout: 1 min
              max-waiting-subscriptions: 31
              max-subscriptions-per-client: 32
              max-items-per-subscription: 33
              max-query-characters: 34
              max-query-depth: 35
              max-deltas-per-batch: 36
              log:
                max-deltas: 37
                max-bytes: 38 MiB
                max-age: 39 min
            dealers:
              - {name: A, model: B}
              - {name: C, model: D, kind: simple, key: e.f}
              - {name: G, model: D, kind: filter}
            """;

    private static ServerConfig parse(String yaml) {
        return ServerConfig.parse(
                "/etc/snorky/snorky.yaml", yaml, Map.of("WORD", "sesame", "PORT", "81"));
    }

    @Test
    void what_is_left_out_has_the_defaults_of_the_server() {
        assertThat(parse(LEAST))
                .isEqualTo(
                        new ServerConfig(
                                new Frontend(
                                        "127.0.0.1",
                                        5001,
                                        "/ws",
                                        WebSocketOptions.DEFAULT,
                                        null,
                                        null,
                                        new EdgeConfig(null, ProxyOptions.NONE)),
                                new Backend(
                                        "127.0.0.1",
                                        5002,
                                        "/backend",
                                        List.of("swordfish"),
                                        BackendOptions.DEFAULT,
                                        new EdgeConfig(null, ProxyOptions.NONE)),
                                null,
                                ConnectionLimits.DEFAULT,
                                new Server(
                                        Transport.BEST,
                                        Runtime.getRuntime().availableProcessors(),
                                        Duration.ofSeconds(5),
                                        Duration.ofSeconds(5)),
                                new PubSubConfig(Overflow.CLOSE, PubSubLimits.DEFAULT, List.of()),
                                new DataSyncConfig(
                                        Duration.ofMinutes(2),
                                        DataSyncLimits.DEFAULT,
                                        DeltaLogLimits.DEFAULT,
                                        List.of(
                                                new DealerConfig(
                                                        "AllTasks",
                                                        "Task",
                                                        DealerKind.BROADCAST,
                                                        "")))));
    }

    @Test
    void the_example_says_what_is_if_it_is_left_out() {
        String example = SnorkyCli.example().replace("${SNORKY_BACKEND_KEY}", "swordfish");

        assertThat(parse(example)).isEqualTo(parse(LEAST));
    }

    @Test
    void what_the_example_leaves_out_may_be_there() {
        String example =
                SnorkyCli.example()
                        .replace("${SNORKY_BACKEND_KEY}", "swordfish")
                        .replace("${SNORKY_KEY_PASSWORD}", "sesame")
                        .replaceAll("(?m)^( *)#( *[a-z-]+:)", "$1$2");

        ServerConfig config = parse(example);

        assertThat(config.management()).isEqualTo(new Management("127.0.0.1", 5003));
        assertThat(config.frontend().edge())
                .isEqualTo(
                        new EdgeConfig(
                                new TlsOptions(
                                                Path.of("/etc/snorky/fullchain.pem"),
                                                Path.of("/etc/snorky/privkey.pem"))
                                        .withKeyPassword("sesame"),
                                new ProxyOptions(Set.of("10.0.0.0/8"), false)));
        assertThat(config.server().eventLoops()).isEqualTo(4);
        assertThat(config.frontend().sockJs())
                .isEqualTo(new SockJsConfig("/sockjs", SockJsOptions.DEFAULT));
    }

    @Test
    void a_path_alone_is_SockJS_at_that_path_with_the_limits_and_origins_of_the_front_end() {
        ServerConfig config =
                parse(
                        """
                        frontend:
                          sockjs: /polls
                          allowed-origins: ["*"]
                          inbound: {max-message-bytes: 5 MiB, max-nesting: 7}
                          outbound: {max-bytes: 9}
                        """
                                + LEAST);

        InboundLimits inbound = config.frontend().options().inbound();
        assertThat(config.frontend().sockJs())
                .isEqualTo(
                        new SockJsConfig(
                                "/polls",
                                SockJsOptions.DEFAULT
                                        .withInbound(inbound.withMaxMessageBytes(1 << 20))
                                        .withOutbound(config.frontend().options().outbound())
                                        .withAllowedOrigins("*")));
        assertThat(inbound.maxNesting()).isEqualTo(7);
    }

    @Test
    void all_can_be_set() {
        assertThat(parse(ALL))
                .isEqualTo(
                        new ServerConfig(
                                new Frontend(
                                        "192.0.2.1",
                                        80,
                                        "/socket",
                                        options(),
                                        sockJs(),
                                        jwt(),
                                        edge()),
                                new Backend(
                                        "192.0.2.2",
                                        81,
                                        "/back",
                                        List.of("sesame", "other"),
                                        new BackendOptions(1 << 30, Duration.ofMinutes(2)),
                                        new EdgeConfig(
                                                null,
                                                new ProxyOptions(Set.of("192.0.2.3"), false))),
                                new Management("192.0.2.4", 90),
                                new ConnectionLimits(
                                        1,
                                        2,
                                        3,
                                        4,
                                        5,
                                        6,
                                        Duration.ofSeconds(7),
                                        Duration.ofSeconds(8)),
                                new Server(
                                        Transport.IO_URING,
                                        9,
                                        Duration.ofSeconds(10),
                                        Duration.ofSeconds(11)),
                                pubsub(),
                                new DataSyncConfig(
                                        Duration.ofMinutes(1),
                                        new DataSyncLimits(31, 32, 33, 34, 35, 36),
                                        new DeltaLogLimits(37, 38 << 20, Duration.ofMinutes(39)),
                                        List.of(
                                                new DealerConfig(
                                                        "A", "B", DealerKind.BROADCAST, ""),
                                                new DealerConfig(
                                                        "C", "D", DealerKind.SIMPLE, "e.f"),
                                                new DealerConfig(
                                                        "G", "D", DealerKind.FILTER, "")))));
    }

    private static PubSubConfig pubsub() {
        var history = new HistoryLimits(44, 45 << 10, Duration.ofSeconds(46));
        return new PubSubConfig(
                Overflow.CONFLATE,
                new PubSubLimits(41 << 20, 42, 43),
                List.of(
                        new ChannelConfig(
                                "chat/*",
                                ChannelSettings.DEFAULT
                                        .withOverflow(Overflow.CONFLATE)
                                        .withPresence(true)
                                        .withHistory(history)),
                        new ChannelConfig(
                                "**",
                                ChannelSettings.DEFAULT
                                        .withOverflow(Overflow.DROP_OLDEST)
                                        .withHistory(HistoryLimits.DEFAULT))));
    }

    private static WebSocketOptions options() {
        return new WebSocketOptions(
                Duration.ZERO,
                new InboundLimits(
                        64 << 10, 20, 3, 50, 1 << 20, Duration.ofSeconds(2), Duration.ofSeconds(3)),
                new OutboundLimits(100_000, Duration.ofMillis(500)),
                new CompressionOptions(true, 1000, 9),
                Set.of("https://example.org", "https://*.example.org"),
                List.of("one", "two"),
                Authenticator.NONE);
    }

    private static SockJsConfig sockJs() {
        return new SockJsConfig(
                "/sock",
                new SockJsOptions(
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(6),
                        64 << 10,
                        true,
                        "/sockjs.js",
                        EnumSet.complementOf(
                                EnumSet.of(SockJsTransport.RAW_WEBSOCKET, SockJsTransport.JSONP)),
                        21,
                        22,
                        options().inbound().withMaxMessageBytes(32 << 10),
                        options().outbound(),
                        options().allowedOrigins(),
                        Authenticator.NONE));
    }

    private static JwtConfig jwt() {
        return new JwtConfig(
                new JwtConfig.Keys(
                        JwtConfig.KeyKind.SECRET, "swordfish swordfish swordfish sesame"),
                new JwtOptions(
                        List.of("one"),
                        List.of("two", "three"),
                        Duration.ZERO,
                        "user",
                        false,
                        Optional.of(Duration.ofHours(4)),
                        5,
                        JwtOptions.DEFAULT.clock()),
                Optional.of("access"),
                JwtConfig.WithoutToken.ANONYMOUS,
                Duration.ofSeconds(6));
    }

    private static EdgeConfig edge() {
        return new EdgeConfig(
                new TlsOptions(
                        Path.of("/etc/snorky/chain.pem"),
                        Path.of("/keys/key.pem"),
                        "open sesame",
                        Set.of("TLSv1.3"),
                        Duration.ofHours(1)),
                new ProxyOptions(
                        Set.of("10.0.0.0/8", "2001:db8::7"), ForwardedHeader.FORWARDED, true));
    }
}
