package io.snorky;

import java.util.List;

/** Something cannot be started as it is set up. Names all that is wrong at once. */
public final class ConfigurationException extends RuntimeException {

    private final transient List<String> problems;

    /**
     * @param subject what cannot be started
     * @param problems what is wrong, each as {@code what: value (expected: …)}; at least one
     */
    public ConfigurationException(String subject, List<String> problems) {
        super(subject + ": " + String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, one sentence each. */
    public List<String> problems() {
        return problems;
    }
}
