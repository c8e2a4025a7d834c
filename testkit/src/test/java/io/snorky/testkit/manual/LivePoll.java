package io.snorky.testkit.manual;

import io.snorky.Audience;
import io.snorky.Client;
import io.snorky.Overflow;
import io.snorky.SingleLane;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcError;
import io.snorky.rpc.RpcService;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

@SingleLane
final class LivePoll extends RpcService {

    private final List<String> options;
    private final Audience audience = new Audience();
    private final Map<Client, Audience.Membership> watchers = new HashMap<>();
    private final Map<Client, String> votes = new HashMap<>();

    LivePoll(List<String> options) {
        super("poll");
        this.options = List.copyOf(options);
    }

    @Command
    Map<String, Integer> watch(Client caller) {
        checkStays(caller);
        watchers.computeIfAbsent(caller, audience::join);
        return counts();
    }

    @Command
    void vote(Client caller, String option) {
        if (caller.identity().isNull()) {
            throw new RpcError("Not authenticated");
        }
        if (!options.contains(option)) {
            throw new RpcError("option", option, "one of " + options);
        }
        checkStays(caller);
        votes.put(caller, option);
        tell();
    }

    /** Of one that came over HTTP nobody would say that it has gone. */
    private static void checkStays(Client caller) {
        if (!caller.isConnected()) {
            throw new RpcError("connection", "a single request", "one that stays");
        }
    }

    @Override
    protected void clientDisconnected(Client client) {
        Audience.Membership membership = watchers.remove(client);
        if (membership != null) {
            membership.leave();
        }
        if (votes.remove(client) != null) {
            tell();
        }
    }

    /** A notification. */
    private record Counts(String type, Map<String, Integer> counts) {}

    private void tell() {
        var notification = new Counts("counts", counts());
        audience.send(message(notification).with(Overflow.CONFLATE, this));
    }

    private Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        votes.values().forEach(option -> counts.merge(option, 1, Integer::sum));
        return counts;
    }
}
