package io.snorky.benchmarks.load;

/** What the figures were measured on. */
final class Machine {

    private Machine() {}

    /** A line of Markdown. */
    static String description() {
        return "%d cores, %s %s on %s, Java %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch"),
                        System.getProperty("java.runtime.version"));
    }
}
