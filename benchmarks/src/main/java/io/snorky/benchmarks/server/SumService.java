package io.snorky.benchmarks.server;

import io.snorky.NonBlocking;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcService;

/** The service whose calls are measured. */
@NonBlocking
public final class SumService extends RpcService {

    public SumService() {
        super("rpc");
    }

    @Command
    long sum(long a, long b) {
        return a + b;
    }
}
