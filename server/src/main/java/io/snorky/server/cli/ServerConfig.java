package io.snorky.server.cli;

import io.snorky.ConfigurationException;
import io.snorky.server.BackendOptions;
import io.snorky.server.ConnectionLimits;
import io.snorky.server.Transport;
import io.snorky.server.WebSocketOptions;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the stand-alone server is told.
 *
 * @param management null for no such port
 */
record ServerConfig(
        Frontend frontend,
        Backend backend,
        @Nullable Management management,
        ConnectionLimits limits,
        Server server,
        PubSubConfig pubsub,
        DataSyncConfig datasync) {

    /**
     * Where browsers connect.
     *
     * @param sockJs null for none
     * @param jwt null if nobody is asked who they are
     */
    record Frontend(
            String host,
            int port,
            String websocket,
            WebSocketOptions options,
            @Nullable SockJsConfig sockJs,
            @Nullable JwtConfig jwt,
            EdgeConfig edge) {}

    /** Where trusted servers connect. */
    record Backend(
            String host,
            int port,
            String path,
            List<String> keys,
            BackendOptions options,
            EdgeConfig edge) {

        @Override
        public String toString() {
            return "Backend[" + host + ":" + port + path + "]";
        }
    }

    /** Where operators look. */
    record Management(String host, int port) {}

    /** What it runs on, and how it stops. */
    record Server(
            Transport transport, int eventLoops, Duration drainWindow, Duration shutdownTimeout) {}

    /**
     * Reads a configuration file.
     *
     * @throws ConfigurationException naming all that is wrong in it
     */
    static ServerConfig read(Path file, Map<String, String> environment) throws IOException {
        return parse(file.toString(), Files.readString(file), environment);
    }

    static ServerConfig parse(String source, String yaml, Map<String, String> environment) {
        var settings = Settings.parse(source, yaml, environment);
        var config =
                new ServerConfig(
                        frontend(settings.section("frontend")),
                        backend(settings.section("backend")),
                        settings.optionalSection("management")
                                .map(ServerConfig::management)
                                .orElse(null),
                        limits(settings.section("limits")),
                        server(settings.section("server")),
                        PubSubConfig.read(settings.section("pubsub")),
                        DataSyncConfig.read(settings));
        settings.requireNoProblems();
        return config;
    }

    private static Frontend frontend(Settings section) {
        String websocket = section.path("websocket", "/ws");
        WebSocketOptions options = WebSocketConfig.read(section);
        return new Frontend(
                section.text("host", "127.0.0.1"),
                section.get("port", Kind.PORT, 5001),
                websocket,
                options,
                section.optionalSection("sockjs", "path")
                        .map(sockJs -> SockJsConfig.read(sockJs, websocket, options))
                        .orElse(null),
                section.optionalSection("jwt").map(JwtConfig::read).orElse(null),
                EdgeConfig.read(section));
    }

    private static Backend backend(Settings section) {
        BackendOptions unset = BackendOptions.DEFAULT;
        var backend =
                new Backend(
                        section.text("host", "127.0.0.1"),
                        section.get("port", Kind.PORT, 5002),
                        section.path("path", "/backend"),
                        section.texts("keys"),
                        new BackendOptions(
                                section.get("max-body-bytes", Kind.BYTES, unset.maxBodyBytes()),
                                section.get("answer-timeout", Kind.TIMEOUT, unset.answerTimeout())),
                        EdgeConfig.read(section));
        if (backend.keys().isEmpty() || backend.keys().contains("")) {
            section.problem("keys", "none or empty", "a list of secrets, one at least");
        }
        return backend;
    }

    private static Management management(Settings section) {
        return new Management(
                section.text("host", "127.0.0.1"), section.get("port", Kind.PORT, 5003));
    }

    private static ConnectionLimits limits(Settings section) {
        ConnectionLimits unset = ConnectionLimits.DEFAULT;
        return new ConnectionLimits(
                section.get("max-connections", Kind.COUNT, unset.maxConnections()),
                section.get("max-per-address", Kind.COUNT, unset.maxPerAddress()),
                section.get("ipv6-prefix-bits", Kind.number(1, 128), unset.ipv6PrefixBits()),
                section.get("max-handshakes", Kind.COUNT, unset.maxHandshakes()),
                section.get("max-request-line-bytes", Kind.BYTES, unset.maxRequestLineBytes()),
                section.get("max-header-bytes", Kind.BYTES, unset.maxHeaderBytes()),
                section.get("request-timeout", Kind.TIMEOUT, unset.requestTimeout()),
                section.get("idle-timeout", Kind.TIMEOUT, unset.idleTimeout()));
    }

    private static Server server(Settings section) {
        return new Server(
                section.get("transport", Kind.oneOf(Transport.class), Transport.BEST),
                section.get(
                        "event-loops",
                        Kind.number(1, 1024),
                        Runtime.getRuntime().availableProcessors()),
                section.get("drain-window", Kind.TIMEOUT_OR_ZERO, Duration.ofSeconds(5)),
                section.get("shutdown-timeout", Kind.TIMEOUT_OR_ZERO, Duration.ofSeconds(5)));
    }
}
