package io.snorky.datasync;

import io.snorky.NonBlocking;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcError;
import io.snorky.rpc.RpcService;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Authorises subscriptions and publishes deltas for trusted servers. Belongs into the registry of a
 * back-end endpoint.
 *
 * <p>Threads: any.
 */
@NonBlocking
public final class DataSyncBackend extends RpcService {

    /** How long a subscription waits to be acquired, unless set otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(120);

    private final DataSyncService frontend;
    private final Duration timeout;

    /**
     * A back end whose subscriptions wait 120 seconds to be acquired.
     *
     * @param name under which servers address it, usually {@code datasync_backend}
     */
    public DataSyncBackend(String name, DataSyncService frontend) {
        this(name, frontend, DEFAULT_TIMEOUT);
    }

    /**
     * @param name under which servers address it, usually {@code datasync_backend}
     * @param timeout how long a subscription waits to be acquired; more than zero
     */
    public DataSyncBackend(String name, DataSyncService frontend, Duration timeout) {
        super(name);
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException(
                    "timeout: " + timeout + " (expected: more than zero)");
        }
        this.frontend = frontend;
        this.timeout = timeout;
    }

    /**
     * Makes a subscription and returns its token.
     *
     * @param items a list of {@code {"dealer": name, "query": any}}, each with a {@code tag} if its
     *     deltas are to be told from others
     * @throws RpcError if an item is none or names no dealer; then there is no subscription
     */
    @Command
    CompletionStage<String> authorizeSubscription(JsonNode items) {
        return frontend.authorize(items, timeout);
    }

    /**
     * Publishes deltas, all or none.
     *
     * @param deltas a list of what {@link Delta} describes
     * @throws RpcError if one is no delta; then none is published
     */
    @Command
    CompletionStage<@Nullable Void> publishDeltas(JsonNode deltas) {
        return frontend.publishDeltas(DeltaJson.read(deltas));
    }
}
