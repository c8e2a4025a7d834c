package io.snorky.examples.calculator;

import io.snorky.Client;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcError;
import io.snorky.rpc.RpcService;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Arithmetic for pages. Each method marked {@link Command} is a command they may call.
 *
 * <p>Threads: any. Commands of different clients run at the same time; who is counting is in a
 * concurrent set.
 */
public final class CalculatorService extends RpcService implements AutoCloseable {

    /** Below this primes are counted, at most. */
    static final int HIGHEST = 10_000_000;

    /** Counting keeps a processor busy, so it is not left to the threads that serve clients. */
    private final ExecutorService counters = Executors.newFixedThreadPool(2);

    private final Set<Client> counting = ConcurrentHashMap.newKeySet();

    /** One that pages know as {@code calculator}. */
    public CalculatorService() {
        super("calculator");
    }

    @Command
    double add(double a, double b) {
        return finite(a + b);
    }

    @Command
    double subtract(double a, double b) {
        return finite(a - b);
    }

    @Command
    double multiply(double a, double b) {
        return finite(a * b);
    }

    /**
     * Divides. An {@code RpcError} is for the caller to read; the arithmetic itself would have
     * answered infinity, which JSON does not have.
     */
    @Command
    double divide(double a, double b) {
        if (b == 0) {
            throw new RpcError("b", b, "not zero");
        }
        return finite(a / b);
    }

    private static double finite(double result) {
        if (!Double.isFinite(result)) {
            throw new RpcError("result", result, "at most " + Double.MAX_VALUE);
        }
        return result;
    }

    /**
     * Waits, as a command does that asks a database: it may block, for it has a virtual thread of
     * its own. What the same client calls next waits, too; other clients do not.
     *
     * @param millis how long, 0 to 10,000
     */
    @Command
    String sleep(int millis) throws InterruptedException {
        if (millis < 0 || millis > 10_000) {
            throw new RpcError("millis", millis, "0 to 10000");
        }
        Thread.sleep(millis);
        return "Slept for " + millis + " ms";
    }

    /**
     * Counts the primes below a number. A command that returns a {@code CompletionStage} answers
     * when that is complete, and holds nobody up: later calls of the same client may be answered
     * earlier. On the way the caller is told {@code {"type": "progress", "percent": …}}.
     *
     * @param below 0 to {@value #HIGHEST}
     * @throws RpcError if the caller's last count has not ended
     */
    @Command
    CompletionStage<Integer> countPrimes(Client caller, int below) {
        if (below < 0 || below > HIGHEST) {
            throw new RpcError("below", below, "0 to " + HIGHEST);
        }
        if (!counting.add(caller)) {
            throw new RpcError("Still counting");
        }
        return CompletableFuture.supplyAsync(() -> count(caller, below), counters)
                .whenComplete((count, failure) -> counting.remove(caller));
    }

    private int count(Client caller, int below) {
        int count = 0;
        for (int percent = 1; percent <= 100 && caller.isConnected(); percent++) {
            int from = (int) (below * (percent - 1L) / 100);
            int to = (int) (below * (long) percent / 100);
            count += Primes.between(from, to);
            send(caller, Map.of("type", "progress", "percent", percent));
        }
        return count;
    }

    /** Shows what a bug looks like: the caller reads {@code Internal error}, the log the rest. */
    @Command
    double fail() {
        throw new IllegalStateException("This command has a bug");
    }

    /** Ends what is counting. */
    @Override
    public void close() {
        counters.shutdownNow();
    }
}
