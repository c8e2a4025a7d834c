package io.snorky.testkit.manual;

import io.snorky.rpc.Command;
import io.snorky.rpc.RpcService;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

final class Poll extends RpcService {

    private final Map<String, Integer> votes = new ConcurrentHashMap<>();

    Poll() {
        super("poll");
    }

    @Command
    Map<String, Integer> vote(String option) {
        votes.merge(option, 1, Integer::sum);
        return votes;
    }
}
