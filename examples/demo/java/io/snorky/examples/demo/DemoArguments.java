package io.snorky.examples.demo;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * How the demo runs.
 *
 * @param port of the Snorky front end and the page of examples
 * @param backendPort of the Snorky back end
 * @param todoPort of the todo web application
 * @param database a JDBC address
 * @param key of the back end
 */
record DemoArguments(int port, int backendPort, int todoPort, String database, String key) {

    static final String USAGE =
            """
            Options, with the values they have if left out; port 0 takes a free one:
              --port 5001                            Snorky front end and the page of examples
              --backend-port 5002                    Snorky back end
              --todo-port 5003                       the todo web application
              --database jdbc:h2:file:./data/todo    JDBC address of its database
            The back end's key is that of SNORKY_BACKEND_KEY, or else made anew.
            """;

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException naming all that is wrong with it
     */
    static DemoArguments parse(List<String> arguments, Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        int[] ports = {5001, 5002, 5003};
        String database = "jdbc:h2:file:./data/todo";
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            String value = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            switch (name) {
                case "--port" -> ports[0] = port(name, value, problems);
                case "--backend-port" -> ports[1] = port(name, value, problems);
                case "--todo-port" -> ports[2] = port(name, value, problems);
                case "--database" -> database = database(value, problems);
                default -> problems.add(name + ": no such option (expected: one of those below)");
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        String key = environment.getOrDefault("SNORKY_BACKEND_KEY", "");
        return new DemoArguments(
                ports[0], ports[1], ports[2], database, key.isEmpty() ? newKey() : key);
    }

    private static int port(String name, String value, List<String> problems) {
        if (value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65_535) {
            return Integer.parseInt(value);
        }
        problems.add(name + ": " + value + " (expected: a number from 0 to 65535)");
        return 0;
    }

    private static String database(String value, List<String> problems) {
        if (!value.startsWith("jdbc:")) {
            problems.add("--database: " + value + " (expected: an address starting with jdbc:)");
        }
        return value;
    }

    private static String newKey() {
        byte[] key = new byte[24];
        new SecureRandom().nextBytes(key);
        return HexFormat.of().formatHex(key);
    }

    @Override
    public String toString() {
        return "DemoArguments[" + port + ", " + backendPort + ", " + todoPort + "]";
    }
}
