package io.snorky.examples.conformance;

/** The ports named on the command line. */
record Ports(int frontend, int backend) {

    static Ports parse(String[] args) {
        int frontend = -1;
        int backend = -1;
        for (int i = 0; i + 1 < args.length; i += 2) {
            int value = Integer.parseInt(args[i + 1]);
            switch (args[i]) {
                case "--port" -> frontend = value;
                case "--backend-port" -> backend = value;
                default -> throw usage(args[i]);
            }
        }
        if (frontend < 0 || backend < 0) {
            throw usage(String.join(" ", args));
        }
        return new Ports(frontend, backend);
    }

    private static IllegalArgumentException usage(String given) {
        return new IllegalArgumentException(
                "arguments: " + given + " (expected: --port P --backend-port B)");
    }
}
