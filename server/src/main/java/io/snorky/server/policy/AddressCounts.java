package io.snorky.server.policy;

import io.snorky.server.proxy.Network;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what addresses have, and says when it is enough.
 *
 * <p>Threads: any; what counts for an address is changed inside one step of the concurrent map.
 */
public final class AddressCounts {

    private final int max;
    private final Map<Network, Integer> counts = new ConcurrentHashMap<>();

    /**
     * @param max for each address, or what is taken for one
     */
    public AddressCounts(int max) {
        this.max = max;
    }

    /**
     * Counts one more.
     *
     * @return false if there are too many; then it is not counted
     */
    public boolean enter(Network network) {
        if (counts.merge(network, 1, Integer::sum) <= max) {
            return true;
        }
        leave(network);
        return false;
    }

    /** One that was counted has gone. */
    public void leave(Network network) {
        counts.computeIfPresent(network, (key, count) -> count == 1 ? null : count - 1);
    }
}
