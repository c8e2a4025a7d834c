package io.snorky.benchmarks.load;

import org.HdrHistogram.Histogram;

import java.util.List;
import java.util.stream.Stream;

/**
 * Connections that shake hands and at once say goodbye.
 *
 * @param connections at a time
 */
record Churn(int connections) implements Scenario {

    /** Opens one connection after the other. */
    private static final class Visitor implements Listener {

        private final Loop loop;
        private final Histogram latency;
        private long since;
        private long visits;

        Visitor(Loop loop, Histogram latency) {
            this.loop = loop;
            this.latency = latency;
        }

        void visit() {
            since = System.nanoTime();
            loop.connect(List.of(), this);
        }

        @Override
        public void ready(Connection connection) {
            connection.sayGoodbye();
        }

        @Override
        public void closed(Connection connection, String reason) {
            latency.recordValue(System.nanoTime() - since);
            visits++;
            visit();
        }
    }

    @Override
    public String title() {
        return "Connect, handshake, close, %,d at a time; per connection".formatted(connections);
    }

    @Override
    public Figures run(ServerProcess server, Dialect dialect, Timing timing) {
        try (var loop = new Loop(server.port(), dialect)) {
            var latency = new Histogram(3);
            List<Visitor> visitors =
                    Stream.generate(() -> new Visitor(loop, latency)).limit(connections).toList();
            visitors.forEach(Visitor::visit);
            loop.runFor(timing.warmUp());

            latency.reset();
            var stopwatch = new Stopwatch(server);
            long before = visits(visitors);
            loop.runFor(timing.measured());
            return new Figures(stopwatch.figures(visits(visitors) - before, latency));
        }
    }

    private static long visits(List<Visitor> visitors) {
        return visitors.stream().mapToLong(visitor -> visitor.visits).sum();
    }
}
