package io.snorky.examples.conformance;

/** The ports named on the command line. */
record Ports(int frontend, int backend) {

    private static final int MISSING = -1;
    private static final int MAX_PORT = 65_535;

    /**
     * @throws IllegalArgumentException if the arguments are not as they must be; says which
     */
    static Ports parse(String... args) {
        int frontend = MISSING;
        int backend = MISSING;
        if (args.length % 2 != 0) {
            throw usage(String.join(" ", args));
        }
        for (int i = 0; i < args.length; i += 2) {
            switch (args[i]) {
                case "--port" -> frontend = port(args[i + 1]);
                case "--backend-port" -> backend = port(args[i + 1]);
                default -> throw usage(args[i]);
            }
        }
        if (frontend == MISSING || backend == MISSING) {
            throw usage(String.join(" ", args));
        }
        return new Ports(frontend, backend);
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // no number is as wrong as one out of range
        }
        throw new IllegalArgumentException(
                "port: " + text + " (expected: 0 to " + MAX_PORT + ", 0 for any that is free)");
    }

    private static IllegalArgumentException usage(String given) {
        return new IllegalArgumentException(
                "arguments: " + given + " (expected: --port P --backend-port B)");
    }
}
