package io.snorky.examples.todo;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the command line, and gathers everything that is wrong with it. */
final class TodoArguments {

    static final String USAGE =
            """
            Options, with the values they have if left out:
              --host 127.0.0.1                        address to listen on
              --port 5003                             port to listen on; 0 takes a free one
              --database jdbc:h2:file:./data/todo     JDBC address of the database
              --snorky-backend http://127.0.0.1:5002/backend
                                                      HTTP back end of the Snorky server
              --snorky-key KEY                        its key; or set SNORKY_BACKEND_KEY
              --snorky-websocket :5001/ws             where the page connects to: this port of its
                                                      own host, or a whole ws:// or wss:// address
              --web DIR                               folder of the built page, instead of the
                                                      page packed with the application
            """;

    private static final Pattern WEBSOCKET = Pattern.compile("(:\\d{1,5}|wss?://[^/\\s]+)/\\S*");

    private final List<String> problems = new ArrayList<>();
    private TodoOptions options;
    private String key;

    private TodoArguments(Map<String, String> environment) {
        key = environment.getOrDefault("SNORKY_BACKEND_KEY", "");
        options = TodoOptions.withKey(key);
    }

    /**
     * The options that these arguments ask for.
     *
     * @throws IllegalArgumentException if some are wrong; its message has a line for each
     */
    static TodoOptions parse(List<String> arguments, Map<String, String> environment) {
        var reader = new TodoArguments(environment);
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            reader.take(rest.next(), rest);
        }
        return reader.result();
    }

    private void take(String argument, Iterator<String> rest) {
        String[] parts = argument.split("=", 2);
        if (parts.length == 2) {
            set(parts[0], parts[1]);
        } else if (rest.hasNext()) {
            set(argument, rest.next());
        } else {
            problems.add(argument + ": no value (expected: an option and its value)");
        }
    }

    private void set(String name, String value) {
        switch (name) {
            case "--host" -> options = options.withHost(value);
            case "--port" -> setPort(value);
            case "--database" -> {
                check(
                        name,
                        value,
                        value.startsWith("jdbc:"),
                        "an address such as jdbc:h2:file:./data/todo");
                options = options.withDatabase(value);
            }
            case "--snorky-backend" -> setBackend(value);
            case "--snorky-key" -> key = value;
            case "--snorky-websocket" -> {
                check(
                        name,
                        value,
                        WEBSOCKET.matcher(value).matches(),
                        ":port/path, or an address such as wss://example.org/ws");
                options = options.withSnorkyWebsocket(value);
            }
            case "--web" -> setFolder(value);
            default -> problems.add(name + ": unknown option (expected: one of those below)");
        }
    }

    private void setPort(String value) {
        boolean number = value.matches("\\d{1,5}");
        int port = number ? Integer.parseInt(value) : -1;
        check("--port", value, port >= 0 && port <= 65535, "0 to 65535");
        options = options.withPort(port);
    }

    private void setBackend(String value) {
        boolean address = value.matches("https?://[^/\\s]+/\\S*");
        check(
                "--snorky-backend",
                value,
                address,
                "an address such as http://127.0.0.1:5002/backend");
        if (address) {
            options = options.withSnorkyBackend(URI.create(value));
        }
    }

    private void setFolder(String value) {
        boolean built = Files.isRegularFile(Path.of(value, "index.html"));
        check("--web", value, built, "a folder that holds index.html");
        options = options.withPage(new PageFiles.Folder(Path.of(value)));
    }

    private void check(String name, String value, boolean right, String expected) {
        if (!right) {
            problems.add(name + ": \"" + value + "\" (expected: " + expected + ")");
        }
    }

    private TodoOptions result() {
        if (key.isEmpty()) {
            problems.add(
                    "--snorky-key: missing (expected: the key of the Snorky server's back end)");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return options.withSnorkyKey(key);
    }
}
