package io.snorky.benchmarks.load;

import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.List;

/**
 * Requests and answers: {@code rpc.sum} of Snorky, an echo of 128 bytes of the others.
 *
 * @param inFlight requests on their way at once on each connection
 */
record Echo(int connections, int inFlight) implements Scenario {

    @Override
    public String title() {
        return "Requests on %,d connections, %d in flight each; per request"
                .formatted(connections, inFlight);
    }

    @Override
    public Figures run(ServerProcess server, Dialect dialect, Timing timing) {
        try (var loop = new Loop(server.port(), dialect)) {
            var latency = new Histogram(3);
            List<Caller> callers = open(loop, latency);
            loop.runFor(timing.warmUp());

            latency.reset();
            var stopwatch = new Stopwatch(server);
            long before = answered(callers);
            loop.runFor(timing.measured());
            var figures = stopwatch.figures(answered(callers) - before, latency);

            callers.forEach(Caller::stop);
            loop.runUntil(() -> callers.stream().allMatch(Caller::isIdle), "answers");
            return new Figures(figures);
        }
    }

    private List<Caller> open(Loop loop, Histogram latency) {
        var template = loop.dialect().template(loop.dialect().call());
        List<Caller> callers = new ArrayList<>();
        List<Connection> opened = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            loop.awaitRoom();
            var caller = new Caller(template, inFlight, latency);
            callers.add(caller);
            opened.add(loop.connect(loop.dialect().greeting(), caller));
        }
        loop.awaitOpen();
        for (int i = 0; i < connections; i++) {
            callers.get(i).call(opened.get(i));
        }
        return callers;
    }

    private static long answered(List<Caller> callers) {
        return callers.stream().mapToLong(Caller::answered).sum();
    }
}
