package io.snorky.server.threads;

import io.snorky.Client;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts per client, each in a plain field: one client's commands run one after the other. */
final class ClientCounts {

    private static final class Count {
        private int value;
    }

    private final Map<Client, Count> counts = new ConcurrentHashMap<>();

    int next(Client client) {
        return counts.computeIfAbsent(client, key -> new Count()).value++;
    }
}
