package io.snorky.examples.todo;

import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The idiom by which a page asks for data and for a subscription to it in one request: the header
 * {@code X-Snorky: Subscribe}, answered with {@code X-Subscription-Token}.
 *
 * <p>Threads: may be shared.
 */
final class Subscriptions {

    static final String ANSWER_HEADER = "X-Subscription-Token";

    private static final System.Logger LOG = System.getLogger(Subscriptions.class.getName());
    private static final String REQUEST_HEADER = "X-Snorky";
    private static final String DEALER = "AllTasks";

    private final SnorkyBackend snorky;
    private final AtomicBoolean failing = new AtomicBoolean();

    Subscriptions(SnorkyBackend snorky) {
        this.snorky = snorky;
    }

    boolean isRequested(Exchange exchange) {
        return exchange.header(REQUEST_HEADER).orElse("").equalsIgnoreCase("Subscribe");
    }

    /**
     * Gets a token from the Snorky server.
     *
     * @throws ApiError 503, if there is none to be had: data without a token would look up to date
     *     and not stay so, and the page can ask for data alone
     */
    String authorize() throws InterruptedException {
        try {
            String token = snorky.authorizeSubscription(DEALER);
            failing.set(false);
            return token;
        } catch (SnorkyException failure) {
            if (!failing.getAndSet(true)) {
                LOG.log(Level.WARNING, "no subscriptions: {0}", failure.getMessage());
            }
            throw new ApiError(
                    503,
                    "subscription: the Snorky server does not give one now (expected: ask again"
                            + " later, or without "
                            + REQUEST_HEADER
                            + ")",
                    Map.of("Retry-After", "1"));
        }
    }
}
