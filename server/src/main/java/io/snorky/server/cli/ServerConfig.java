package io.snorky.server.cli;

import io.snorky.ConfigurationException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the stand-alone server is told.
 *
 * @param dealers each deals out all rows of a model
 */
record ServerConfig(Frontend frontend, Backend backend, List<DealerConfig> dealers) {

    static final String EXAMPLE =
            """
            frontend:
              host: 127.0.0.1
              port: 5001
              websocket: /ws
              allowed-origins: []
            backend:
              host: 127.0.0.1
              port: 5002
              path: /backend
              keys: ["${SNORKY_BACKEND_KEY}"]   # no default
            dealers:                            # no default
              - {name: AllTasks, model: Task}
            """;

    /** Where browsers connect. */
    record Frontend(String host, int port, String websocket, List<String> allowedOrigins) {}

    /** Where trusted servers connect. */
    record Backend(String host, int port, String path, List<String> keys) {

        @Override
        public String toString() {
            return "Backend[" + host + ":" + port + path + "]";
        }
    }

    record DealerConfig(String name, String model) {}

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
        var config = new ServerConfig(frontend(settings), backend(settings), dealers(settings));
        settings.requireNoProblems();
        return config;
    }

    private static Frontend frontend(Settings settings) {
        Settings section = settings.section("frontend");
        var frontend =
                new Frontend(
                        section.text("host", "127.0.0.1"),
                        section.port("port", 5001),
                        section.path("websocket", "/ws"),
                        section.texts("allowed-origins"));
        section.requireNothingElse();
        return frontend;
    }

    private static Backend backend(Settings settings) {
        Settings section = settings.section("backend");
        var backend =
                new Backend(
                        section.text("host", "127.0.0.1"),
                        section.port("port", 5002),
                        section.path("path", "/backend"),
                        section.texts("keys"));
        if (backend.keys().isEmpty() || backend.keys().contains("")) {
            section.problem("keys", "none or empty", "a list of secrets, one at least");
        }
        section.requireNothingElse();
        return backend;
    }

    private static List<DealerConfig> dealers(Settings settings) {
        List<DealerConfig> dealers =
                settings.sections("dealers").stream()
                        .map(section -> {
                            var dealer =
                                    new DealerConfig(
                                            section.text("name", ""), section.text("model", ""));
                            section.requireNothingElse();
                            return dealer;
                        })
                        .toList();
        if (dealers.isEmpty()) {
            settings.problem("dealers", "none", "a list of {name, model}");
        }
        settings.requireNothingElse();
        return dealers;
    }
}
