package io.snorky.pubsub;

import io.snorky.Audience;
import io.snorky.Client;
import io.snorky.json.ValueKey;
import io.snorky.rpc.RpcError;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one client is subscribed to.
 *
 * <p>Threads: see each part.
 */
final class Holdings {

    final Client client;

    /** Channels that are nothing but an audience. Owned by the client's lane. */
    final Map<ValueKey, Audience.Membership> plain = new HashMap<>();

    /** Channels with history or presence. Owned by the service's lane. */
    final Map<ValueKey, Seat> kept = new HashMap<>();

    /** Reads their logs; owned by the client's event loop, made in the service's lane. */
    @Nullable ChannelReader reader;

    private final AtomicInteger count = new AtomicInteger();

    Holdings(Client client) {
        this.client = client;
    }

    /**
     * One channel more. Threads: any.
     *
     * @throws RpcError if there are too many
     */
    void add() {
        int before = count.getAndIncrement();
        if (before >= PubSubService.MAX_CHANNELS_PER_CLIENT) {
            count.decrementAndGet();
            throw new RpcError(
                    "channels",
                    PubSubService.MAX_CHANNELS_PER_CLIENT,
                    "at most " + PubSubService.MAX_CHANNELS_PER_CLIENT);
        }
    }

    /** One less. Threads: any. */
    void remove() {
        count.decrementAndGet();
    }
}
