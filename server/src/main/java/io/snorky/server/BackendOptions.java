package io.snorky.server;

import java.time.Duration;

/**
 * How an HTTP back end treats its requests.
 *
 * @param maxBodyBytes of a request; a larger one is answered with 413
 * @param answerTimeout how long a service may take to answer; then the request is answered with 504
 */
public record BackendOptions(int maxBodyBytes, Duration answerTimeout) {

    /** Bodies of 10 MiB, answers within 60 s. */
    public static final BackendOptions DEFAULT =
            new BackendOptions(10 << 20, Duration.ofSeconds(60));

    public BackendOptions {
        Checks.positive("maxBodyBytes", maxBodyBytes);
        Checks.positive("answerTimeout", answerTimeout);
    }
}
