package io.snorky.benchmarks.load;

/**
 * One publisher, many subscribers.
 *
 * @param inFlight messages on their way at once; if there is no rate
 * @param rate messages a second; 0 for none
 */
record Fanout(int receivers, int inFlight, double rate) implements Scenario {

    @Override
    public String title() {
        String load = rate > 0 ? rate + " messages a second" : inFlight + " in flight";
        return "Fan-out to %,d, %s; per delivery".formatted(receivers, load);
    }

    @Override
    public Figures run(ServerProcess server, Dialect dialect, Timing timing) {
        try (var loop = new Loop(server.port(), dialect)) {
            var room = new Room(loop, receivers, Room.SAMPLES);
            Pace pace = rate > 0 ? Pace.perSecond(rate) : Pace.inFlight(inFlight);
            pace.runUntil(System.nanoTime() + timing.warmUp().toNanos(), room, loop);

            var stopwatch = new Stopwatch(server);
            long before = room.received();
            room.measure(true);
            pace.runUntil(System.nanoTime() + timing.measured().toNanos(), room, loop);
            room.measure(false);
            var figures = stopwatch.figures(room.received() - before, room.latency());

            room.awaitAll();
            return new Figures(figures);
        }
    }
}
