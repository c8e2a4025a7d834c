package io.snorky.benchmarks.load;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;

/**
 * Viewers of a synced object that changes, one of whom stops reading and reads again in the end. As
 * the system keeps some megabytes for it, it asks for the state first, often enough to fill them.
 */
record SyncedStalled(int viewers, int perSecond) implements Scenario {

    private static final int QUESTIONS = 64;
    private static final Duration BETWEEN = Duration.ofMillis(20);
    private static final double BYTES_PER_MB = 1 << 20;

    @Override
    public String title() {
        return "%d changes a second of 10,000 items, %,d viewers, one of whom stalls; per delivery"
                .formatted(perSecond, viewers);
    }

    @Override
    public List<Peer> peers(List<Peer> chosen) {
        return List.of(Peer.SYNCED);
    }

    @Override
    public boolean needsNewServer() {
        return true;
    }

    @Override
    public Figures run(ServerProcess server, Dialect dialect, Timing timing) {
        try (var loop = new Loop(server.port(), dialect)) {
            var figures = new EnumMap<Figure, Double>(Figure.class);
            var room = new SyncedRoom(loop, viewers);
            room.awaitState();
            room.round(timing.warmUp().plus(timing.measured()), perSecond, room.viewers());

            server.collect(); // as before the other round
            figures.put(Figure.CPU_MICROS, cpuOfRound(server, room, room.viewers(), timing));
            figures.put(Figure.P99_MICROS, Stopwatch.micros(room.latency(), 99));
            figures.put(Figure.HEAP_MB, server.collect() / BYTES_PER_MB);
            figures.put(Figure.RESIDENT_MB, server.residentBytes() / BYTES_PER_MB);

            SyncedViewer stalled = room.viewers().getLast();
            long statesBefore = stalled.states();
            long patchesBefore = stalled.patches();
            stall(stalled, loop);
            List<SyncedViewer> others = room.viewers().subList(0, viewers - 1);
            figures.put(Figure.CPU_STALLED_MICROS, cpuOfRound(server, room, others, timing));
            figures.put(Figure.P99_STALLED_MICROS, Stopwatch.micros(room.latency(), 99));
            figures.put(Figure.HEAP_STALLED_MB, server.collect() / BYTES_PER_MB);
            figures.put(Figure.RESIDENT_STALLED_MB, server.residentBytes() / BYTES_PER_MB);

            stalled.connection().resume();
            int rounds = others.getFirst().rounds();
            loop.runUntil(() -> stalled.rounds() == rounds, "the stalled one's last change");
            room.check();
            figures.put(Figure.STALLED_STATES, (double) (stalled.states() - statesBefore));
            figures.put(Figure.STALLED_PATCHES, (double) (stalled.patches() - patchesBefore));
            return new Figures(figures);
        }
    }

    private static void stall(SyncedViewer viewer, Loop loop) {
        viewer.connection().stall();
        for (int i = 0; i < QUESTIONS; i++) {
            viewer.connection().say("{\"type\":\"_GET:ITEMS\"}");
            loop.runFor(BETWEEN);
        }
    }

    private double cpuOfRound(
            ServerProcess server, SyncedRoom room, List<SyncedViewer> who, Timing timing) {
        var stopwatch = new Stopwatch(server);
        long before = room.received();
        room.round(timing.measured(), perSecond, who);
        return stopwatch.cpuNanos() / 1e3 / (room.received() - before);
    }
}
